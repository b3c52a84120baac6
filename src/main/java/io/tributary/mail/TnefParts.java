package io.tributary.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import net.freeutils.tnef.MAPIProp;
import net.freeutils.tnef.MAPIProps;
import net.freeutils.tnef.Message;
import net.freeutils.tnef.TNEFInputStream;
import org.jspecify.annotations.Nullable;

/** What Outlook packs into {@code winmail.dat}: a text, and the files that were attached. */
final class TnefParts {
    private static final int MOST = 200;

    private TnefParts() {}

    /** Adds what {@code content} holds; what cannot be unpacked stays an attachment as it came. */
    static void addTo(MailParts parts, byte[] content, @Nullable String name, String type) {
        try (TNEFInputStream stream = new TNEFInputStream(new ByteArrayInputStream(content));
                Message message = new Message(stream)) {
            MAPIProps properties = message.getMAPIProps();
            if (properties != null) {
                addText(parts, properties, MAPIProp.PR_BODY, false);
                addText(parts, properties, MAPIProp.PR_HTML, true);
            }
            message.getAttachments().stream().limit(MOST).forEach(attached -> {
                try (InputStream data = attached.getRawData()) {
                    if (data != null) {
                        parts.attach(new Attachment(
                                Attachment.plainName(attached.getFilename()),
                                "application/octet-stream",
                                data.readAllBytes()));
                    }
                } catch (IOException broken) {
                    // One file that cannot be unpacked costs no other.
                }
            });
        } catch (IOException | RuntimeException broken) {
            parts.attach(new Attachment(name, type, content));
        }
    }

    private static void addText(MailParts parts, MAPIProps properties, int property, boolean html) throws IOException {
        Object value = properties.getPropValue(property);
        if (value instanceof String text && !text.isBlank()) {
            parts.addText(-1, html, text);
        } else if (value instanceof byte[] bytes && bytes.length > 0) {
            parts.addText(-1, html, MailCharset.decode(bytes, null));
        }
    }
}
