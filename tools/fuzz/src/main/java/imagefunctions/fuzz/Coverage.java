package imagefunctions.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads the code under test with counters where its control flow branches and joins, and so tells which file reaches
 * code that none before it has reached.
 */
public final class Coverage extends ClassLoader {
    private static final int MOST = 1 << 16;

    /** How often each place was passed, modulo 256; public since the code under test is in another loader's package. */
    @SuppressWarnings("MutablePublicArray") // the code that was given counters writes to it
    public static final byte[] HITS = new byte[MOST];

    private static final String OURS = "imagefunctions.";
    private static final Set<String> SHARED =
            Set.of(Coverage.class.getName(), Target.class.getName(), FindingException.class.getName());
    private static final ClassDesc HERE = ClassDesc.of(Coverage.class.getName());

    private final byte[] seen = new byte[MOST];
    private int places;

    Coverage() {
        super(Coverage.class.getClassLoader());
    }

    /** Loads a target, and the code under test that it calls, with counters. */
    Target load(Class<? extends Target> target) {
        try {
            return (Target) loadClass(target.getName()).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Places that have a counter, in the classes loaded so far. */
    int places() {
        return places;
    }

    /** Whether a place was passed for the first time since the last call, or more often by far than ever before. */
    boolean sawNew() {
        boolean news = false;
        for (int i = 0; i < places; i++) {
            int bucket = bucket(HITS[i]);
            if ((bucket & ~seen[i]) != 0) {
                seen[i] |= (byte) bucket;
                news = true;
            }
            HITS[i] = 0;
        }
        return news;
    }

    /** The places passed since the last call. */
    BitSet passed() {
        BitSet passed = new BitSet(places);
        for (int i = 0; i < places; i++) {
            passed.set(i, HITS[i] != 0);
            HITS[i] = 0;
        }
        return passed;
    }

    /** Places passed at all up to now. */
    int seen() {
        int count = 0;
        for (int i = 0; i < places; i++) {
            count += seen[i] == 0 ? 0 : 1;
        }
        return count;
    }

    /** A bit for each power of two up to 128. */
    private static int bucket(byte hits) {
        return Integer.highestOneBit(hits & 0xFF);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || SHARED.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ClassFile file = ClassFile.of();
            byte[] counted = file.transformClass(
                    file.parse(in.readAllBytes()), ClassTransform.transformingMethods((method, element) -> {
                        if (element instanceof CodeModel code) {
                            method.transformCode(code, new Counting(code));
                        } else {
                            method.with(element);
                        }
                    }));
            return defineClass(name, counted, 0, counted.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts counters into one method: where something jumps to, and behind each jump that may not be taken. */
    private final class Counting implements CodeTransform {
        private final Set<Label> targets = new HashSet<>();

        Counting(CodeModel code) {
            for (CodeElement element : code) {
                switch (element) {
                    case BranchInstruction branch -> targets.add(branch.target());
                    case TableSwitchInstruction table -> addAll(table.defaultTarget(), table.cases());
                    case LookupSwitchInstruction lookup -> addAll(lookup.defaultTarget(), lookup.cases());
                    case ExceptionCatch handler -> targets.add(handler.handler());
                    default -> {}
                }
            }
        }

        @Override
        public void atStart(CodeBuilder builder) {
            count(builder);
        }

        private void addAll(Label defaultTarget, List<SwitchCase> cases) {
            targets.add(defaultTarget);
            cases.forEach(one -> targets.add(one.target()));
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            builder.with(element);
            boolean meets = element instanceof LabelTarget place && targets.contains(place.label());
            boolean parts = element instanceof BranchInstruction branch
                    && !branch.opcode().name().startsWith("GOTO");
            if (meets || parts) {
                count(builder);
            }
        }

        private void count(CodeBuilder builder) {
            if (places == MOST) {
                throw new IllegalStateException("There are more than " + MOST + " places to count.");
            }
            builder.getstatic(HERE, "HITS", ConstantDescs.CD_byte.arrayType())
                    .loadConstant(places++)
                    .dup2()
                    .baload()
                    .iconst_1()
                    .iadd()
                    .bastore();
        }
    }
}
