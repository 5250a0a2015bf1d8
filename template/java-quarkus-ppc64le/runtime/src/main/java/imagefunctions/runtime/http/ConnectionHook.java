package imagefunctions.runtime.http;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import java.util.Optional;

/** Shows {@link Connections} every connection before anything of it is read; Netty finds this class by itself. */
public final class ConnectionHook extends ChannelInitializerExtension {
    private static volatile Optional<Connections> connections = Optional.empty();

    /** Has these see every connection of a server that listens from now on. */
    static void install(Connections all) {
        connections = Optional.of(all);
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        connections.ifPresent(all -> all.listening(listener));
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connections.ifPresent(all -> all.accepted(connection));
    }
}
