package dev.funnel.bundle;

import org.jspecify.annotations.Nullable;

/**
 * What the JVM makes of a mapped page that cannot be read: the disk fails, or a file was cut after it was verified. It is an {@link
 * InternalError} in the thread that read; what that thread read since is not to be used.
 */
public final class MappedFault {
    private static final int DEEPEST = 8;

    private MappedFault() {}

    /** Whether a failure is one, or was caused by one. */
    public static boolean in(Throwable failure) {
        @Nullable Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++, each = each.getCause()) {
            if (each instanceof InternalError fault
                    && String.valueOf(fault.getMessage()).contains("memory access")) {
                return true;
            }
        }
        return false;
    }
}
