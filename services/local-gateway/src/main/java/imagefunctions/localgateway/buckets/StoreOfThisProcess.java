package imagefunctions.localgateway.buckets;

import imagefunctions.buckets.ConfiguredStore;
import imagefunctions.storage.ObjectStoreSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Chooses the store: the one that is named, else the embedded one. */
@Singleton
final class StoreOfThisProcess {
    @Produces
    @Singleton
    ObjectStoreSettings store(ConfiguredStore configured, LocalStore local) {
        return local.isUsed() ? local.settings() : configured.named();
    }
}
