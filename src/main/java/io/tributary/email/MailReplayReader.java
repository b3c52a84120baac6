package io.tributary.email;

import io.tributary.deal.FieldError;
import io.tributary.ingest.Arrival;
import io.tributary.ingest.Corrected;
import io.tributary.ingest.Mappings;
import io.tributary.ingest.ReplayReader;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.RawRecord;
import io.tributary.mapping.ReadingContext;
import io.tributary.mapping.Understood;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads mails from quarantine, with what somebody has corrected laid over. A mail that is no lead is taken all the same when
 * somebody has picked it, corrected it, or says {@code "take": true}.
 */
public final class MailReplayReader extends ReplayReader {
    private static final String TAKE = "take";
    private static final String MAIL = "mail";

    private final Mappings mappings;

    public MailReplayReader(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public Normalised read(int row, Object content, ReadingContext context) {
        Corrected record = (Corrected) content;
        MailContent mail = mail(record.raw());
        List<FieldError> faults = faults(record, mail);
        if (!faults.isEmpty()) {
            return new Normalised.Refused(
                    faults, mail == null ? Normalised.Refused.INVALID : EmailRecordReader.NOT_A_LEAD);
        }
        return mapping()
                .normalise(new RawRecord(row, fields(record.raw(), mail, context)), corrections(record), context);
    }

    @Override
    public Understood understand(Corrected record, ReadingContext context) {
        MailContent mail = mail(record.raw());
        Understood understood = mapping()
                .understand(new RawRecord(1, fields(record.raw(), mail, context)), corrections(record), context);
        List<FieldError> faults = new ArrayList<>(faults(record, mail));
        faults.addAll(understood.errors());
        return new Understood(understood.fields(), understood.metadata(), faults, understood.warnings());
    }

    @Override
    public @Nullable Arrival arrival(Corrected record) {
        MailContent mail = mail(record.raw());
        return mail == null ? null : mail.arrival();
    }

    private Mapping mapping() {
        return mappings.of(EmailRecordReader.SOURCE).orElseThrow();
    }

    /** The mail that the record holds; null when it came as fields. */
    private static @Nullable MailContent mail(@Nullable Object raw) {
        if (!(raw instanceof Map<?, ?> kept) || !(kept.get(MAIL) instanceof String encoded)) {
            return null;
        }
        try {
            return EmailDoorway.understood(Base64.getDecoder().decode(encoded), Forwarders.ALL);
        } catch (IllegalArgumentException noMail) {
            return null;
        }
    }

    private static List<FieldError> faults(Corrected record, @Nullable MailContent mail) {
        if (mail == null) {
            boolean sender = isGiven(record.corrections().get("contact_email"))
                    || isGiven(record.corrections().get("sender"))
                    || (record.raw() instanceof Map<?, ?> sent
                            && (isGiven(sent.get("sender")) || isGiven(sent.get("contact_email"))));
            return sender ? List.of() : List.of(new FieldError("sender", null, "is required"));
        }
        boolean wanted = record.picked() || !record.corrections().isEmpty();
        if (mail.notALead() != null && !wanted) {
            return List.of(new FieldError("mail", null, mail.notALead().predicate()));
        }
        boolean named = mail.lead().contact().address() != null
                || mail.lead().contact().name() != null
                || isGiven(record.corrections().get("contact_email"))
                || isGiven(record.corrections().get("sender"));
        return named
                ? List.of()
                : List.of(new FieldError("sender", null, "is required: the mail names nobody who can be answered"));
    }

    private static boolean isGiven(@Nullable Object value) {
        return value != null && !value.toString().isBlank();
    }

    private static Map<String, @Nullable Object> fields(
            @Nullable Object raw, @Nullable MailContent mail, ReadingContext context) {
        if (mail != null) {
            return MailRecord.of(mail.lead(), context);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (raw instanceof Map<?, ?> sent) {
            sent.forEach((name, value) -> fields.put(String.valueOf(name), value));
        } else if (raw != null) {
            // What is no object is kept beside what somebody has made of it.
            fields.put("record", raw);
        }
        return fields;
    }

    private static Map<String, @Nullable Object> corrections(Corrected record) {
        Map<String, @Nullable Object> corrections = new LinkedHashMap<>(record.corrections());
        corrections.remove(TAKE);
        return corrections;
    }
}
