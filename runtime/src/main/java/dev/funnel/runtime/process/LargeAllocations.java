package dev.funnel.runtime.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Large native memory of this process: what a bundle version takes beside its mapped files. glibc maps an allocation above a threshold by
 * itself and gives it back whole, but raises that threshold, up to 32 MiB, with every such block that is freed (mallopt(3)). From the
 * second swap on, versions would be carved out of malloc's arenas, whose holes are kept: the process would grow with every swap.
 */
final class LargeAllocations {

    private static final int MMAP_THRESHOLD = -3; // M_MMAP_THRESHOLD of malloc.h; setting it ends its rising
    private static final int LARGE_BYTES = 1 << 20;

    private LargeAllocations() {}

    /** Has each mapped by itself from now on, whoever asks for it; nothing where the C library is not glibc. */
    static void mapEach() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("mallopt").ifPresent(function -> set(linker, function));
    }

    private static void set(Linker linker, MemorySegment mallopt) {
        FunctionDescriptor form =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            int done = (int) linker.downcallHandle(mallopt, form).invokeExact(MMAP_THRESHOLD, LARGE_BYTES);
            if (done != 1) {
                throw new IllegalStateException("mallopt refused " + LARGE_BYTES + " as M_MMAP_THRESHOLD");
            }
        } catch (Throwable e) {
            throw new IllegalStateException("mallopt could not be called", e);
        }
    }
}
