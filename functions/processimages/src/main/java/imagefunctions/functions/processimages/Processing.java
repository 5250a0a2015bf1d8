package imagefunctions.functions.processimages;

import imagefunctions.buckets.Batch;
import imagefunctions.buckets.BatchReply;
import imagefunctions.buckets.Detail;
import imagefunctions.functions.processimages.rules.Rules;
import imagefunctions.gatewayclient.GatewayClient;
import imagefunctions.runtime.Call;
import imagefunctions.runtime.PercentEncoding;
import imagefunctions.runtime.Problem;
import imagefunctions.runtime.Reply;
import imagefunctions.storage.Buckets;
import imagefunctions.storage.ObjectEvent;
import imagefunctions.storage.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Handles a call: converts the objects that it names or notifies of, or all pending ones. */
@Singleton
final class Processing {
    /** The number of pictures that a reconcile lists before converting them. */
    private static final int CHUNK = 64;

    private final ProcessSettings settings;
    private final ObjectStore store;
    private final Buckets buckets;
    private final Rules rules;
    private final FailureRecords failures;
    private final FunctionClient functions;
    private final Batch batch;

    Processing(
            ProcessSettings settings,
            ObjectStore store,
            Buckets buckets,
            Rules rules,
            FailureRecords failures,
            FunctionClient functions) {
        this.settings = settings;
        this.store = store;
        this.buckets = buckets;
        this.rules = rules;
        this.failures = failures;
        this.functions = functions;
        this.batch = new Batch(settings.concurrency());
    }

    Reply answer(Call call) throws InterruptedException {
        List<Order> orders = Order.of(call, rules, buckets);
        boolean detail = Detail.wanted(call);
        Caller caller = Caller.of(call, store);
        long deadline = System.nanoTime() + settings.callTimeout().toNanos();
        return switch (ProcessRequest.read(call.body())) {
            case ProcessRequest.Names request ->
                reply(named(atMost(request.names()), orders, caller, deadline), detail);
            case ProcessRequest.Notification request ->
                reply(requireNoTransientFailure(notified(request.events(), orders, caller, deadline)), detail);
            case ProcessRequest.Reconcile request -> reconcile(request.after(), orders, caller, deadline, detail);
        };
    }

    private <T> List<T> atMost(List<T> objects) {
        if (objects.size() > settings.maxObjects()) {
            throw new Problem.TooLarge(objects.size() + " names are too many for one call: give at most "
                            + settings.maxObjects() + ", or {\"reconcile\": true}.")
                    .asException();
        }
        return objects;
    }

    private List<Done> convert(List<Item> items, Caller caller, long deadline) throws InterruptedException {
        Conversion conversion = new Conversion(caller, rules, functions, failures, settings.maxBytes());
        return batch.run(
                items,
                Duration.ofNanos(deadline - System.nanoTime()),
                item -> () -> done(item, conversion.of(item)),
                item -> done(item, new Outcome.TimedOut(item.key())));
    }

    private static Done done(Item item, Outcome outcome) {
        return new Done(Optional.of(item.order().rule()), outcome);
    }

    private List<Done> named(List<String> names, List<Order> orders, Caller caller, long deadline)
            throws InterruptedException {
        List<Done> done = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (String name : names) {
            List<Item> taken = items(name, orders, order -> order.route().from().takes(name));
            items.addAll(taken);
            if (taken.isEmpty()) {
                done.add(ignored(name, "No rule takes it."));
            }
        }
        done.addAll(convert(items, caller, deadline));
        return done;
    }

    private List<Done> notified(List<ObjectEvent> events, List<Order> orders, Caller caller, long deadline)
            throws InterruptedException {
        List<Done> done = new ArrayList<>();
        Set<Item> items = new LinkedHashSet<>();
        for (ObjectEvent event : events) {
            List<Item> taken = event.created()
                    ? items(event.key(), orders, order -> order.takes(event.bucket(), event.key()))
                    : List.of();
            items.addAll(taken);
            if (taken.isEmpty()) {
                done.add(ignored(
                        event.key(),
                        event.type() + " in " + event.bucket() + " is not a new object that a rule takes."));
            }
        }
        done.addAll(convert(atMost(List.copyOf(items)), caller, deadline));
        return done;
    }

    private static List<Item> items(String name, List<Order> orders, Predicate<Order> takes) {
        return orders.stream().filter(takes).map(order -> new Item(order, name)).toList();
    }

    private static Done ignored(String name, String reason) {
        return new Done(Optional.empty(), new Outcome.Ignored(name, reason));
    }

    /** An event source retries only after an error status. */
    private static List<Done> requireNoTransientFailure(List<Done> all) {
        for (Done done : all) {
            if (done.outcome() instanceof Outcome.TimedOut
                    || (done.outcome() instanceof Outcome.Failed failed && failed.isTransient())) {
                Entry entry = Entry.of(done);
                throw new Problem.Unavailable(entry.name() + ": " + entry.reason()).asException();
            }
        }
        return all;
    }

    private Reply reconcile(String after, List<Order> orders, Caller caller, long deadline, boolean detail)
            throws InterruptedException {
        List<Done> done = new ArrayList<>();
        try {
            Position position = Position.read(after, orders);
            while (position.isWithin(orders)) {
                Order order = position.order(orders);
                Optional<String> stopped = reconcile(order, position.name(), done, caller, deadline);
                if (stopped.isPresent()) {
                    String next = position.at(stopped.get()).write(orders);
                    return reply(done, detail).with("X-Reconcile-After", PercentEncoding.of(next));
                }
                position = position.next();
            }
            return reply(done, detail);
        } catch (IOException e) {
            throw new Problem.Unavailable(String.valueOf(e.getMessage())).asException();
        }
    }

    /**
     * Converts what is pending of one rule.
     *
     * @param done gets what becomes of each
     * @return the name after which the next call has to go on, if this one may do no more
     */
    private Optional<String> reconcile(Order order, String after, List<Done> done, Caller caller, long deadline)
            throws IOException, InterruptedException {
        PendingPictures pending = new PendingPictures(caller.store(), failures.of(caller), order, after);
        while (true) {
            Chunk chunk = chunk(pending, deadline);
            done.addAll(convert(
                    chunk.names().stream().map(name -> new Item(order, name)).toList(), caller, deadline));
            // The next call goes on with these.
            done.removeIf(it -> it.outcome() instanceof Outcome.TimedOut);
            boolean inTime = System.nanoTime() < deadline;
            // What is done of a chunk that was not finished is seen to be current the next time.
            String position = inTime ? pending.position() : chunk.settled();
            if (!inTime || done.size() >= settings.maxObjects()) {
                return Optional.of(position);
            }
            if (chunk.names().isEmpty()) {
                return Optional.empty();
            }
        }
    }

    /**
     * A batch of pictures to convert.
     *
     * @param settled the name up to which nothing is left to convert
     */
    private record Chunk(String settled, List<String> names) {}

    /** The next pictures to convert: none at the end, or after the deadline. */
    private static Chunk chunk(PendingPictures pending, long deadline) throws IOException {
        List<String> names = new ArrayList<>();
        String settled = pending.position();
        while (names.size() < CHUNK && System.nanoTime() < deadline) {
            Optional<String> name = pending.next(deadline);
            if (names.isEmpty()) {
                settled = name.isPresent() ? pending.positionBefore() : pending.position();
            }
            if (name.isEmpty()) {
                break;
            }
            names.add(name.get());
        }
        return new Chunk(settled, names);
    }

    private static Reply reply(List<Done> all, boolean detail) {
        long failed = all.stream()
                .map(Done::outcome)
                .filter(o -> o instanceof Outcome.Failed || o instanceof Outcome.TimedOut)
                .count();
        Reply reply = detail
                ? BatchReply.entries(all.stream().map(Entry::of).toList(), failed)
                : BatchReply.names(converted(all), failed);
        String gateways = all.stream()
                .map(Done::outcome)
                .filter(Outcome.Processed.class::isInstance)
                .map(outcome -> ((Outcome.Processed) outcome).gateway())
                .distinct()
                .collect(Collectors.joining(", "));
        return gateways.isEmpty() ? reply : reply.with(GatewayClient.NODE, gateways);
    }

    private static List<String> converted(List<Done> all) {
        return all.stream()
                .map(Done::outcome)
                .filter(o -> o instanceof Outcome.Processed || o instanceof Outcome.Skipped)
                .map(Outcome::name)
                .distinct()
                .toList();
    }
}
