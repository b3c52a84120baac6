package io.tributary.event;

import io.tributary.tenant.WorkspaceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Lets one hub at a time work for a reader in a workspace. The locks are PostgreSQL's advisory ones of one connection kept
 * for them, so those of a hub that dies are free at once, and none costs a connection of the pool.
 */
public final class ReaderLocks implements AutoCloseable {
    private static final int ANSWER_SECONDS = 5;

    private final Callable<Connection> connections;
    private final Set<Long> held = new HashSet<>();
    private @Nullable Connection connection;

    /** @param connections opens a connection of the application's role, outside the pool */
    public ReaderLocks(Callable<Connection> connections) {
        this.connections = connections;
    }

    /** Takes the lock; false when another hub, or another route of this one, has it. */
    public synchronized boolean take(WorkspaceId workspace, String reader) throws Exception {
        long key = key(workspace, reader);
        if (held.contains(key) || !ask("select pg_try_advisory_lock(?)", key)) {
            return false;
        }
        held.add(key);
        return true;
    }

    /** Gives the lock back. */
    public synchronized void release(WorkspaceId workspace, String reader) {
        long key = key(workspace, reader);
        if (held.remove(key) && connection != null) {
            try {
                ask("select pg_advisory_unlock(?)", key);
            } catch (Exception theSessionIsGoneAndItsLocksWithIt) {
                close();
            }
        }
    }

    private boolean ask(String question, long key) throws Exception {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = connections.call();
            connection = open;
        }
        try (PreparedStatement statement = open.prepareStatement(question)) {
            statement.setQueryTimeout(ANSWER_SECONDS);
            statement.setLong(1, key);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static long key(WorkspaceId workspace, String reader) {
        String name = "event-reader\n" + workspace.tenant() + "\n" + workspace.workspace() + "\n" + reader;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // Its locks are free in any case.
            }
            connection = null;
        }
    }
}
