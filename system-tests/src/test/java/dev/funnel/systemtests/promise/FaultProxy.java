package dev.funnel.systemtests.promise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Passes the bytes of TCP connections on to a port of this machine, or does not, as it is told. */
final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final int to;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = new Fault.None();

    /** What it does with what it is given. */
    sealed interface Fault {
        /** Passes everything on. */
        record None() implements Fault {}

        /** Passes what the server says on, each piece so much later. */
        record Slow(Duration by) implements Fault {}

        /** Takes everything and passes nothing on. */
        record BlackHole() implements Fault {}

        /** Resets every connection, those there are and those that come. */
        record Reset() implements Fault {}
    }

    /** Listens on a free port. */
    FaultProxy(int to) throws IOException {
        this.to = to;
        this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where to reach it. */
    String target() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Does this from now on. What a black hole has swallowed is lost, so its connections end with it. */
    void be(Fault other) {
        boolean broken = fault instanceof Fault.BlackHole || other instanceof Fault.Reset;
        fault = other;
        if (broken) {
            open.forEach(FaultProxy::reset);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(FaultProxy::reset);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                if (fault instanceof Fault.Reset) {
                    drop(client);
                } else {
                    connect(client);
                }
            } catch (SocketException e) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(server);
            Thread.ofVirtual().start(() -> pump(client, server, false));
            Thread.ofVirtual().start(() -> pump(server, client, true));
        } catch (IOException serverIsDown) {
            drop(client);
        }
    }

    private void pump(Socket from, Socket into, boolean answers) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (answers && fault instanceof Fault.Slow(Duration by)) {
                    LockSupport.parkNanos(by.toNanos());
                }
                if (!(fault instanceof Fault.BlackHole)) {
                    into.getOutputStream().write(chunk, 0, read);
                }
            }
        } catch (IOException ended) {
            // so does the other side
        } finally {
            drop(from);
            drop(into);
        }
    }

    private void drop(Socket socket) {
        open.remove(socket);
        reset(socket);
    }

    /** With a RST rather than a FIN. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // nothing is left to do
        }
    }
}
