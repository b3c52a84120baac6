package io.tributary.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The encoding of files in mails before MIME. */
final class Uuencoding {
    private Uuencoding() {}

    static byte[] decode(byte[] encoded) {
        try (InputStream decoded = MimeUtility.decode(new ByteArrayInputStream(encoded), "x-uuencode")) {
            return decoded.readAllBytes();
        } catch (IOException | MessagingException notEncoded) {
            return encoded;
        }
    }
}
