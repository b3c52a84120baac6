package io.tributary.command;

import io.tributary.answer.ApiException;
import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.deal.DealView;
import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.Stage;
import io.tributary.deal.Warning;
import io.tributary.mapping.Mapping;
import io.tributary.mapping.Normalised;
import io.tributary.mapping.RawRecord;
import io.tributary.mapping.ReadingContext;
import io.tributary.tenant.TenantSettings;
import io.tributary.tenant.WorkspaceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks to change of a deal: deal fields, read as a deal typed in by hand is read, and anything else for its
 * metadata. Null, or a text of blanks, clears. What the hub works out itself may be sent along as it stands, so that a
 * deal can be sent back as it was got.
 */
final class DealPatch {
    private static final Set<DealField> EDITABLE = EnumSet.of(
            DealField.NAME,
            DealField.COMPANY,
            DealField.VALUE,
            DealField.CURRENCY,
            DealField.STAGE,
            DealField.PROBABILITY,
            DealField.EXPECTED_CLOSE_DATE,
            DealField.CONTACT_EMAIL,
            DealField.CONTACT_NAME,
            DealField.DESCRIPTION);

    /** What the hub keeps or works out itself. */
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "tenant_id",
            "workspace_id",
            "external_id",
            "value_estimated",
            "source",
            "source_updated_at",
            "lead_id",
            "health_score",
            "risk_level",
            "is_spam",
            "created_at",
            "updated_at",
            "stage_entered_at",
            "last_engagement_at");

    static final String OWNER = "owner";
    private static final int LONGEST_OWNER = 200;

    /** Fields that a deal cannot be without. */
    private static final Set<DealField> KEPT = EnumSet.of(DealField.NAME, DealField.STAGE);

    /** Objects whose entries are metadata, under either of the names by which a deal's metadata goes. */
    private static final List<String> METADATA = List.of("metadata", "source_metadata");

    private static final String STAGES =
            Arrays.stream(Stage.values()).map(Stage::code).collect(Collectors.joining(", "));

    private final Mapping mapping;
    private final Map<String, @Nullable Object> body;
    private final Set<DealField> fields = EnumSet.noneOf(DealField.class);

    /** @param mapping reads a deal that is typed in */
    DealPatch(Mapping mapping, Map<String, @Nullable Object> body) {
        this.mapping = mapping;
        this.body = body;
        for (DealField field : EDITABLE) {
            if (body.containsKey(field.code())) {
                fields.add(field);
            }
        }
    }

    /** What a patch comes to. */
    record Read(NormalisedDeal deal, List<Warning> warnings) {}

    /** The deal fields that are to change. */
    Set<DealField> fields() {
        return fields;
    }

    boolean names(DealField field) {
        return fields.contains(field);
    }

    boolean clears(DealField field) {
        return fields.contains(field) && blank(body.get(field.code()));
    }

    private static boolean blank(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    /** The e-mail address it states, as far as one can be read. */
    @Nullable
    String contactEmail(TenantSettings settings) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put(DealField.NAME.code(), "-");
        record.put(DealField.CONTACT_EMAIL.code(), body.get(DealField.CONTACT_EMAIL.code()));
        return normalise(record, settings) instanceof Normalised.Taken taken
                ? taken.deal().contactEmail()
                : null;
    }

    /**
     * Reads it against the deal it is to change.
     *
     * @throws ApiException 422 with every field that cannot be taken
     */
    Read read(Deal deal, WorkspaceId workspace, TenantSettings settings) {
        List<FieldError> faults = new ArrayList<>();
        Map<String, @Nullable Object> shown = DealView.of(deal, workspace.tenant(), workspace.workspace());
        body.forEach((name, value) -> {
            if (READ_ONLY.contains(name) && !same(shown.get(name), value)) {
                faults.add(new FieldError(name, text(value), "cannot be changed"));
            } else if (METADATA.contains(name) && value != null && !(value instanceof Map)) {
                faults.add(new FieldError(name, text(value), "is no object"));
            }
        });
        addWrongOwner(faults);
        for (DealField field : KEPT) {
            if (clears(field)) {
                faults.add(new FieldError(field.code(), text(body.get(field.code())), "is required"));
            }
        }
        addUnknownStage(faults, settings);
        Normalised read = normalise(record(deal), settings);
        if (read instanceof Normalised.Refused refused) {
            faults.addAll(refused.errors());
        }
        if (!faults.isEmpty() || !(read instanceof Normalised.Taken taken)) {
            throw ApiException.invalid(faults);
        }
        return new Read(taken.deal(), taken.warnings());
    }

    private void addWrongOwner(List<FieldError> faults) {
        Object owner = body.get(OWNER);
        if (owner != null && !(owner instanceof String)) {
            faults.add(new FieldError(OWNER, text(owner), "is no text"));
        } else if (owner instanceof String name && name.strip().length() > LONGEST_OWNER) {
            faults.add(new FieldError(OWNER, null, "has more than " + LONGEST_OWNER + " characters"));
        } else if (owner instanceof String name && name.indexOf('\0') >= 0) {
            faults.add(new FieldError(OWNER, null, "holds the character U+0000"));
        }
    }

    /** Whether it says who looks after the deal. */
    boolean namesOwner() {
        return body.containsKey(OWNER);
    }

    /** Who is to look after the deal; null when nobody is. */
    @Nullable
    String owner() {
        return blank(body.get(OWNER)) ? null : String.valueOf(body.get(OWNER)).strip();
    }

    /** The record that a person would have typed in: what is asked, over what tells how to read it. */
    private Map<String, @Nullable Object> record(Deal deal) {
        Map<String, @Nullable Object> record = new LinkedHashMap<>();
        record.put(DealField.NAME.code(), deal.name());
        record.put(DealField.COMPANY.code(), deal.company());
        record.put(DealField.STAGE.code(), deal.stage().code());
        record.put(DealField.CONTACT_NAME.code(), deal.text(DealField.CONTACT_NAME));
        body.forEach((name, value) -> {
            boolean needless = READ_ONLY.contains(name)
                    || name.equals(OWNER)
                    || DealField.ofCode(name)
                            .filter(KEPT::contains)
                            .filter(this::clears)
                            .isPresent();
            if (!needless) {
                record.put(name, value);
            }
        });
        return record;
    }

    /** On ingest an unknown stage is a warning; whoever sets one by hand means one of the six. */
    private void addUnknownStage(List<FieldError> faults, TenantSettings settings) {
        Object stage = body.get(DealField.STAGE.code());
        if (!names(DealField.STAGE) || blank(stage)) {
            return;
        }
        Map<String, @Nullable Object> alone = new LinkedHashMap<>();
        alone.put(DealField.NAME.code(), "-");
        alone.put(DealField.STAGE.code(), stage);
        if (normalise(alone, settings) instanceof Normalised.Taken taken
                && taken.deal().assumed().contains(DealField.STAGE)) {
            faults.add(new FieldError(DealField.STAGE.code(), text(stage), "is not one of " + STAGES));
        }
    }

    private Normalised normalise(Map<String, @Nullable Object> record, TenantSettings settings) {
        ReadingContext context =
                new ReadingContext(settings.currency(), settings.timeZone(), settings.locale(), Map.of());
        return mapping.normalise(new RawRecord(1, record), context);
    }

    /** The metadata that {@code held} becomes: what is null goes, the rest is laid over it. */
    Map<String, @Nullable Object> metadata(Map<String, @Nullable Object> held) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(held);
        body.forEach((name, value) -> {
            if (METADATA.contains(name) && value instanceof Map<?, ?> entries) {
                entries.forEach((key, entry) -> lay(merged, String.valueOf(key), entry));
            } else if (isUnknown(name)) {
                lay(merged, name, value);
            }
        });
        return merged;
    }

    private static boolean isUnknown(String name) {
        return DealField.ofCode(name).isEmpty()
                && !METADATA.contains(name)
                && !READ_ONLY.contains(name)
                && !name.equals(OWNER);
    }

    private static void lay(Map<String, @Nullable Object> metadata, String name, @Nullable Object value) {
        if (value == null) {
            metadata.remove(name);
        } else {
            metadata.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static boolean same(@Nullable Object shown, @Nullable Object sent) {
        if (shown instanceof BigDecimal number && sent instanceof Number) {
            return number.compareTo(new BigDecimal(sent.toString())) == 0;
        }
        return String.valueOf(shown).equals(String.valueOf(sent));
    }
}
