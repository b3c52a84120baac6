package io.tributary.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A file in a multipart form, ready to be sent. */
public final class Upload {
    private static final String BOUNDARY = "the-line-between-the-parts";
    private static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Upload() {}

    /** The text as a file of this name. */
    public static Upload of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes as a file of this name. */
    public static Upload of(String name, byte[] content) {
        Upload upload = new Upload();
        upload.part("name=\"file\"; filename=\"" + name + "\"", content);
        return upload;
    }

    /** The same with fields beside the file. */
    public Upload with(Map<String, String> fields) {
        fields.forEach((field, value) -> part("name=\"" + field + "\"", value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    private void part(String disposition, byte[] content) {
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Posts it; {@code headers} are names and values in turn. */
    public Reply to(Caller caller, String path, String... headers) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return caller.send("POST", path, TYPE, whole.toByteArray(), headers);
    }
}
