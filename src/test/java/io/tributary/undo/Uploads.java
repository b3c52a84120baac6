package io.tributary.undo;

import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import java.nio.charset.StandardCharsets;

/** Uploads of CSV files. */
final class Uploads {
    private Uploads() {}

    static Reply upload(Caller caller, String csv, String... headers) {
        String body = "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"deals.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + csv + "\r\n--line--\r\n";
        return caller.send(
                "POST",
                "/csv/upload",
                "multipart/form-data; boundary=line",
                body.getBytes(StandardCharsets.UTF_8),
                headers);
    }
}
