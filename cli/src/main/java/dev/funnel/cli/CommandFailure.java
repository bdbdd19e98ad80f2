package dev.funnel.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/**
 * A failure as the user is told of it.
 *
 * @param line what went wrong, in one line
 * @param exitCode 2 if the command was asked wrongly, 130 if it was interrupted, else 1
 */
record CommandFailure(String line, int exitCode) {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int INTERRUPTED = 130;

    static CommandFailure of(Throwable failure) {
        return switch (failure) {
            case UsageException usage -> new CommandFailure(messageOf(usage), USAGE);
            case InterruptedException stopped -> interrupted();
            case CancellationException stopped -> interrupted();
            case ClosedByInterruptException stopped -> interrupted();
            case InterruptedIOException stopped -> interrupted();
            case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case StatusRuntimeException answer -> ofCall(answer);
            case NoSuchFileException missing -> failed(missing.getFile() + ": no such file or folder");
            case FileAlreadyExistsException there -> failed(there.getFile() + ": " + reasonOf(there));
            case AccessDeniedException denied -> failed(denied.getFile() + ": access denied");
            case IOException world -> failed(messageOf(world));
            case Throwable told when isTold(told) -> failed(messageOf(told));
            default -> failed("this is a fault of funnel: " + failure + " (--verbose says where)");
        };
    }

    private static String reasonOf(FileAlreadyExistsException there) {
        return there.getReason() == null ? "exists already" : there.getReason();
    }

    /** True for the exceptions with which our modules refuse input; their messages are for users. */
    private static boolean isTold(Throwable failure) {
        return failure.getClass().getName().startsWith("dev.funnel.");
    }

    private static CommandFailure ofCall(StatusRuntimeException answer) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted();
        }
        Status status = answer.getStatus();
        return failed("the call ended with " + status.getCode() + ": " + status.getDescription() + causeOf(status));
    }

    private static String causeOf(Status status) {
        return status.getCause() == null ? "" : " (" + messageOf(status.getCause()) + ")";
    }

    private static CommandFailure failed(String line) {
        return new CommandFailure(line, FAILED);
    }

    private static CommandFailure interrupted() {
        return new CommandFailure("interrupted", INTERRUPTED);
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message.replaceAll("\\s*\\R\\s*", " | ");
    }
}
