package imagefunctions.localgateway.buckets;

import imagefunctions.buckets.ConfiguredStore;
import imagefunctions.storage.ObjectStoreSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the settings of the store: of the one that is configured, else of the embedded one. */
@Singleton
final class StoreProducer {
    @Produces
    @Singleton
    ObjectStoreSettings store(ConfiguredStore configured, LocalStore local) {
        return local.isUsed() ? local.settings() : configured.named();
    }
}
