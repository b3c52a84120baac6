package io.tributary.sql;

import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
    private static final int FLAGS = 7;
    private static final int NULL_LENGTH = -1;

    /** What a text takes on average, about, so that the buffer seldom grows. */
    private static final int TEXT = 24;

    private final byte[] binary;

    private TextArray(byte[] binary) {
        this.binary = binary;
    }

    /** The texts of a column of {@code rows}. */
    public static <T> TextArray of(List<T> rows, Function<T, @Nullable Object> column) {
        ByteArrayDataOutput out = ByteStreams.newDataOutput(TEXT * (rows.size() + 1));
        out.writeInt(rows.isEmpty() ? 0 : 1);
        out.writeInt(0);
        out.writeInt(Oid.TEXT);
        if (!rows.isEmpty()) {
            out.writeInt(rows.size());
            out.writeInt(1);
        }
        boolean isNull = false;
        for (T row : rows) {
            Object value = column.apply(row);
            if (value == null) {
                isNull = true;
                out.writeInt(NULL_LENGTH);
            } else {
                byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
        byte[] binary = out.toByteArray();
        binary[FLAGS] = (byte) (isNull ? 1 : 0);
        return new TextArray(binary);
    }

    /** Binds the array to a parameter of a statement of the PostgreSQL driver. */
    void bind(PreparedStatement statement, int parameter) throws SQLException {
        BaseConnection connection = statement.getConnection().unwrap(BaseConnection.class);
        statement.setArray(parameter, new PgArray(connection, Oid.TEXT_ARRAY, binary));
    }
}
