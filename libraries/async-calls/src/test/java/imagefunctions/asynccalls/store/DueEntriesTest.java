package imagefunctions.asynccalls.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueEntriesTest {
    /** Plays the disk: whatever was offered and not taken. */
    private final TreeSet<DueEntries.Entry> disk = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void everyItemComesOnceAndInTheOrderOfItsTimeHoweverFewAreHeldInMemory(int size) throws Exception {
        DueEntries window = new DueEntries(size, disk::forEach);
        Random random = new Random(7);
        List<DueEntries.Entry> taken = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            DueEntries.Entry entry = new DueEntries.Entry("call-" + round, 0, random.nextInt(1_000_000));
            disk.add(entry);
            window.offer(entry);
            if (random.nextInt(3) == 0) {
                taken.add(take(window));
            }
        }
        int before = taken.size();
        while (!disk.isEmpty()) {
            taken.add(take(window));
        }

        assertThat(taken).hasSize(300).doesNotHaveDuplicates();
        assertThat(taken.subList(before, taken.size())).isSortedAccordingTo(Comparator.naturalOrder());
    }

    private DueEntries.Entry take(DueEntries window) throws Exception {
        DueEntries.Entry first = disk.first();
        DueEntries.Entry entry = Objects.requireNonNull(window.take());
        assertThat(entry).isEqualTo(first);
        disk.remove(entry);
        return entry;
    }

    @Test
    void aFolderThatCannotBeReadOnceIsReadAgain() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        DueEntries window = new DueEntries(2, action -> {
            disk.forEach(action);
            if (reads.incrementAndGet() == 2) {
                throw new IOException("Input/output error");
            }
        });
        for (int i = 0; i < 5; i++) {
            disk.add(new DueEntries.Entry("call-" + i, 0, i));
        }
        window.reload();
        take(window);
        take(window);
        assertThatThrownBy(window::take).hasMessage("Input/output error");
        window.offer(new DueEntries.Entry("new", 0, 9));
        disk.add(new DueEntries.Entry("new", 0, 9));

        List<String> taken = new ArrayList<>();
        while (!disk.isEmpty()) {
            taken.add(take(window).id());
        }
        assertThat(taken).containsExactly("call-2", "call-3", "call-4", "new");
    }

    @Test
    void aClosedWindowLetsItsWaitersGo() {
        DueEntries window = new DueEntries(1, disk::forEach);
        window.offer(new DueEntries.Entry("later", 0, Long.MAX_VALUE));
        window.close();

        assertThatCode(() -> assertThat(window.take()).isNull()).doesNotThrowAnyException();
    }
}
