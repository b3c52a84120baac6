package io.tributary.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * A {@code text[]} as PostgreSQL reads it: the driver would write it out only when it is bound, while the database waits;
 * this may be made before, on another thread. The form is that of {@code array_recv} in PostgreSQL's arrayfuncs.c: how many
 * dimensions, whether an element is null, the type of the elements; how many and from which index on; then each with its
 * length, -1 for null.
 */
public final class TextArray {
    private static final int HEADER = 20;
    private static final int NULL_LENGTH = -1;
    private static final int MOST = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int length;

    private TextArray(int capacity) {
        bytes = new byte[capacity];
    }

    /** The texts of a column of {@code rows}. */
    public static <T> TextArray of(List<T> rows, Function<T, @Nullable Object> column) {
        TextArray array = new TextArray(HEADER + 24 * rows.size());
        array.put(rows.isEmpty() ? 0 : 1);
        array.put(0);
        array.put(Oid.TEXT);
        if (!rows.isEmpty()) {
            array.put(rows.size());
            array.put(1);
        }
        boolean isNull = false;
        for (T row : rows) {
            Object value = column.apply(row);
            if (value == null) {
                isNull = true;
                array.put(NULL_LENGTH);
            } else {
                array.put(value.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        if (isNull) {
            array.bytes[2 * Integer.BYTES - 1] = 1;
        }
        return array;
    }

    /** Binds the array to a parameter of a statement of the PostgreSQL driver. */
    void bind(PreparedStatement statement, int parameter) throws SQLException {
        BaseConnection connection = statement.getConnection().unwrap(BaseConnection.class);
        Array array = new PgArray(connection, Oid.TEXT_ARRAY, Arrays.copyOf(bytes, length));
        statement.setArray(parameter, array);
    }

    private void put(byte[] text) {
        put(text.length);
        makeRoom(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void put(int number) {
        makeRoom(Integer.BYTES);
        bytes[length++] = (byte) (number >>> 24);
        bytes[length++] = (byte) (number >>> 16);
        bytes[length++] = (byte) (number >>> 8);
        bytes[length++] = (byte) number;
    }

    private void makeRoom(int more) {
        if (more > MOST - length) {
            throw new IllegalArgumentException("an array of over 2 GB");
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(2L * bytes.length, (long) length + more)));
        }
    }
}
