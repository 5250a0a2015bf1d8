package imagefunctions.asynccalls.jetstream;

import imagefunctions.asynccalls.QueueLimits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What everything here uses: where records, bodies and tokens are kept, and what was counted since the start. */
final class Home {
    final Names names;
    final QueueLimits limits;
    final Layout layout;
    final NatsLink link;
    final States states;
    final Bodies callBodies;
    final Bodies resultBodies;
    final Tokens tokens;
    final Heartbeats heartbeats;
    final LongAdder functionAttempts = new LongAdder();
    final LongAdder callbackAttempts = new LongAdder();
    final LongAdder deliveries = new LongAdder();
    final LongAdder givenUp = new LongAdder();
    final LongAdder dropped = new LongAdder();
    /** The ids of calls whose functions this process calls now. */
    final ConcurrentHashMap<String, Boolean> running = new ConcurrentHashMap<>();

    Home(JetStreamSettings settings) {
        this.names = new Names(settings.name());
        this.limits = settings.limits();
        this.layout = new Layout(settings);
        this.link = new NatsLink(settings, layout);
        this.states = new States(link, names.states());
        this.callBodies = new Bodies(link, names.callBodies());
        this.resultBodies = new Bodies(link, names.resultBodies());
        this.tokens = new Tokens(link, names);
        this.heartbeats = new Heartbeats(link, layout);
    }
}
