package io.tributary.mapping;

import io.tributary.deal.DealField;
import io.tributary.deal.FieldError;
import io.tributary.deal.NormalisedDeal;
import io.tributary.deal.PersonName;
import io.tributary.deal.Stage;
import io.tributary.deal.Warning;
import io.tributary.mapping.NumberText.Tells;
import io.tributary.mapping.StageReader.StageReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the slots of one record into a deal, collecting every fault on the way. Serves one record. */
final class Normaliser {
    private static final BigDecimal CERTAIN = new BigDecimal("100.00");
    private static final BigDecimal NEVER = new BigDecimal("0.00");
    private static final BigDecimal EVEN = new BigDecimal("50.00");
    private static final String STAGE_TEXT = "stage_text";

    private final Rules rules;
    private final Draft draft;
    private final ReadingContext context;
    private final @Nullable ColumnStyles styles;
    private final List<FieldError> errors = new ArrayList<>(0);
    private final List<Warning> warnings = new ArrayList<>(0);
    private final EnumSet<DealField> assumed = EnumSet.noneOf(DealField.class);
    private final @Nullable String[] texts;
    private @Nullable Map<DealField, Object> understood;

    /**
     * Of one record.
     *
     * @param styles how the record's columns are written; null for a record that is no row of a table
     */
    Normaliser(Rules rules, Draft draft, ReadingContext context, @Nullable ColumnStyles styles) {
        this.rules = rules;
        this.draft = draft;
        this.context = context;
        this.styles = styles;
        this.texts = new String[rules.slots()];
    }

    Normalised normalise() {
        readTexts();
        String currency = take(DealField.CURRENCY, CurrencyReader.read(raw(DealField.CURRENCY), context));
        Amount amount = take(DealField.VALUE, readValue(currency));
        if (amount != null && amount.currency() != null) {
            if (currency != null && !currency.equals(amount.currency())) {
                refuse(DealField.CURRENCY, "is " + currency + ", but the value is in " + amount.currency());
            }
            currency = amount.currency();
        }
        BigDecimal value = amount == null ? assumedValue() : amount.value();
        StageReading stage = readStage();
        BigDecimal probability = readProbability(stage);
        LocalDate closeDate = take(DealField.EXPECTED_CLOSE_DATE, readDate());
        String email = take(DealField.CONTACT_EMAIL, EmailReader.read(raw(DealField.CONTACT_EMAIL)));
        texts[Rules.slotOf(DealField.CONTACT_EMAIL)] = email;
        String externalId = take(DealField.EXTERNAL_ID, TextReader.readId(raw(DealField.EXTERNAL_ID)));
        Instant updatedAt = take(DealField.SOURCE_UPDATED_AT, readUpdatedAt());
        compose();
        requireAll(value, currency, closeDate, externalId, updatedAt);
        keepParts();
        checkMetadata();
        if (understood != null) {
            note(DealField.VALUE, value);
            note(DealField.CURRENCY, currency);
            note(DealField.STAGE, stage.stage());
            note(DealField.PROBABILITY, probability);
            note(DealField.EXPECTED_CLOSE_DATE, closeDate);
            note(DealField.CONTACT_EMAIL, email);
            note(DealField.EXTERNAL_ID, externalId);
            note(DealField.SOURCE_UPDATED_AT, updatedAt);
        }
        if (!errors.isEmpty()) {
            return new Normalised.Refused(List.copyOf(errors));
        }
        String name = text(DealField.NAME);
        if (name == null) {
            return new Normalised.Refused(List.of(new FieldError(shown(DealField.NAME), null, "is required")));
        }
        NormalisedDeal deal = new NormalisedDeal(
                name,
                text(DealField.COMPANY),
                value,
                currency,
                stage.stage(),
                probability,
                closeDate,
                email,
                text(DealField.CONTACT_NAME),
                text(DealField.DESCRIPTION),
                part(PartRule.PHONE),
                rules.system(),
                externalId,
                updatedAt,
                assumed,
                draft.metadata,
                contact());
        return new Normalised.Taken(deal, warnings.isEmpty() ? List.of() : List.copyOf(warnings));
    }

    /** Reads the record and tells what was understood, also where it cannot be taken. */
    Understood understand() {
        Map<DealField, Object> fields = new EnumMap<>(DealField.class);
        understood = fields;
        List<FieldError> faults = normalise() instanceof Normalised.Refused refused ? refused.errors() : List.of();
        for (DealField field :
                List.of(DealField.NAME, DealField.COMPANY, DealField.CONTACT_NAME, DealField.DESCRIPTION)) {
            note(field, text(field));
        }
        return new Understood(fields, draft.metadata, faults, List.copyOf(warnings));
    }

    private void note(DealField field, @Nullable Object value) {
        if (value != null && understood != null) {
            understood.put(field, value);
        }
    }

    private @Nullable Object raw(DealField field) {
        return draft.slots[Rules.slotOf(field)];
    }

    private @Nullable String text(DealField field) {
        return texts[Rules.slotOf(field)];
    }

    private @Nullable ColumnStyle style(DealField field) {
        return styles == null ? null : styles.of(field);
    }

    private String shown(DealField field) {
        return styles == null ? rules.rule(field).shownName() : field.code();
    }

    private void refuse(DealField field, String error) {
        Object raw = raw(field);
        errors.add(new FieldError(shown(field), raw == null ? null : String.valueOf(raw), error));
    }

    private <T> @Nullable T take(DealField field, Reading<T> reading) {
        if (reading instanceof Reading.Value<T> value) {
            if (value.warning() != null) {
                warnings.add(new Warning(field.code(), value.warning()));
            }
            return value.value();
        }
        if (reading instanceof Reading.Fault<T> fault) {
            refuse(field, fault.error());
        }
        return null;
    }

    private void readTexts() {
        for (FieldRule rule : rules.fields().values()) {
            Object raw = draft.slots[Rules.slotOf(rule.field())];
            if (raw == null) {
                continue;
            }
            Reading<String> reading = switch (rule.read()) {
                case TEXT, PERSON ->
                    rule.field() == DealField.NAME || rule.field() == DealField.COMPANY
                            ? TextReader.readTrimmed(raw)
                            : TextReader.read(raw);
                case SUBJECT -> Subject.read(raw);
                case ASSOCIATION -> Association.read(raw);
                default -> Reading.nothing();
            };
            texts[Rules.slotOf(rule.field())] = take(rule.field(), reading);
        }
        List<PartRule> parts = rules.parts();
        for (int i = 0; i < parts.size(); i++) {
            int slot = rules.partSlot(i);
            Object raw = draft.slots[slot];
            if (raw instanceof String text) {
                texts[slot] = text.isBlank() ? null : text;
            } else if (raw instanceof Number || raw instanceof Boolean) {
                texts[slot] = raw.toString();
            }
        }
    }

    private Reading<Amount> readValue(@Nullable String currency) {
        Object raw = raw(DealField.VALUE);
        if (raw == null) {
            return Reading.nothing();
        }
        ReadingContext named = currency == null || currency.equals(context.currency())
                ? context
                : new ReadingContext(currency, context.zone(), context.locale(), context.defaults());
        ColumnStyle style = style(DealField.VALUE);
        DecimalMark decimal = style == null ? rules.rule(DealField.VALUE).decimal() : style.decimal();
        if (style != null && style.contradictory() && raw instanceof String text) {
            NumberText number = NumberText.find(text);
            boolean either = number != null && number.tells() == Tells.EITHER;
            boolean even = decimal == null && number != null && number.tells() == Tells.DECIMAL;
            if (either || even) {
                return Reading.fault("cannot be read: its column mixes decimal points and decimal commas");
            }
        }
        return MoneyReader.read(raw, decimal, named);
    }

    private @Nullable BigDecimal assumedValue() {
        Object settings = context.defaults().get(rules.source());
        FieldRule rule = rules.rule(DealField.VALUE);
        BigDecimal value;
        if (rule.estimate() != null) {
            BigDecimal flat = settings == null ? null : SizeEstimate.amount(settings);
            value = flat != null
                    ? flat
                    : rule.estimate()
                            .sizes()
                            .value(
                                    text(rules.slotOf(rule.estimate().by())),
                                    settings instanceof Map<?, ?> own ? own : null);
        } else {
            BigDecimal flat = settings == null ? null : SizeEstimate.amount(settings);
            value = flat != null ? flat : rule.fallback();
        }
        if (value != null) {
            assumed.add(DealField.VALUE);
        }
        return value;
    }

    private @Nullable String text(int slot) {
        return slot < 0 ? null : texts[slot];
    }

    private @Nullable String part(String name) {
        return text(rules.slotOf(name));
    }

    private StageReading readStage() {
        FieldRule rule = rules.rule(DealField.STAGE);
        List<FieldRule.Decision> decisions = rule.decisions();
        for (int i = 0; i < decisions.size(); i++) {
            Object raw = draft.slots[rules.decisionSlot(i)];
            Stage settled = raw == null ? null : decisions.get(i).stages().get(Folding.fold(raw.toString()));
            if (settled != null) {
                return new StageReading(settled, null, true);
            }
        }
        Object raw = raw(DealField.STAGE);
        StageReading read =
                raw == null ? null : take(DealField.STAGE, rule.stages().read(raw));
        if (read != null && read.known()) {
            return read;
        }
        if (read != null) {
            draft.keep(STAGE_TEXT, raw);
        }
        assumed.add(DealField.STAGE);
        return new StageReading(Stage.DISCOVERY, null, false);
    }

    private BigDecimal readProbability(StageReading stage) {
        Object raw = raw(DealField.PROBABILITY);
        if (raw != null) {
            ColumnStyle style = style(DealField.PROBABILITY);
            boolean fraction = rules.rule(DealField.PROBABILITY).read() == ReadKind.FRACTION
                    || (style != null && style.fractions());
            BigDecimal stated = take(
                    DealField.PROBABILITY,
                    fraction ? ProbabilityReader.readFraction(raw) : ProbabilityReader.read(raw));
            if (stated != null) {
                return stated;
            }
        }
        assumed.add(DealField.PROBABILITY);
        if (stage.probability() != null) {
            return stage.probability();
        }
        return stage.stage() == Stage.CLOSED_WON ? CERTAIN : stage.stage() == Stage.CLOSED_LOST ? NEVER : EVEN;
    }

    private Reading<LocalDate> readDate() {
        Object raw = raw(DealField.EXPECTED_CLOSE_DATE);
        if (raw == null) {
            return Reading.nothing();
        }
        ColumnStyle style = style(DealField.EXPECTED_CLOSE_DATE);
        return mixed(style, raw)
                ? Reading.fault("cannot be read: its column mixes dates with the day first and with the month first")
                : DateReader.read(raw, style == null ? null : style.order(), context);
    }

    private Reading<Instant> readUpdatedAt() {
        Object raw = raw(DealField.SOURCE_UPDATED_AT);
        if (raw == null) {
            return Reading.nothing();
        }
        ColumnStyle style = style(DealField.SOURCE_UPDATED_AT);
        return mixed(style, raw)
                ? Reading.fault("cannot be read: its column mixes dates with the day first and with the month first")
                : InstantReader.read(raw, style == null ? null : style.order(), context);
    }

    /** Whether a date stands in a column that proves both orders, and the date itself does not agree with most. */
    private static boolean mixed(@Nullable ColumnStyle style, Object raw) {
        if (style == null || !style.contradictory() || !(raw instanceof String text)) {
            return false;
        }
        WrittenDate date = WrittenDate.of(AmountText.strip(text));
        return date != null && date.order() == null && (date.undecided() || style.order() == null);
    }

    /** Fills the templates of texts that no name fed, in the order of the mapping file's dependencies. */
    private void compose() {
        fill(DealField.COMPANY);
        fill(DealField.CONTACT_NAME);
        fill(DealField.DESCRIPTION);
        fill(DealField.NAME);
    }

    private void fill(DealField field) {
        Template template = rules.rule(field).template();
        if (template != null && texts[Rules.slotOf(field)] == null) {
            texts[Rules.slotOf(field)] = template.fill(name -> text(rules.slotOf(name)));
        }
    }

    private void requireAll(
            @Nullable Object value,
            @Nullable Object currency,
            @Nullable Object closeDate,
            @Nullable Object externalId,
            @Nullable Object updatedAt) {
        for (FieldRule rule : rules.fields().values()) {
            if (!rule.required()) {
                continue;
            }
            Object taken = switch (rule.field()) {
                case VALUE -> assumed.contains(DealField.VALUE) ? null : value;
                case CURRENCY -> currency;
                case STAGE, PROBABILITY -> assumed.contains(rule.field()) ? null : rule;
                case EXPECTED_CLOSE_DATE -> closeDate;
                case EXTERNAL_ID -> externalId;
                case SOURCE_UPDATED_AT -> updatedAt;
                default -> text(rule.field());
            };
            String name = shown(rule.field());
            if (taken == null
                    && errors.stream().noneMatch(error -> error.field().equals(name))) {
                refuse(rule.field(), "is required");
            }
        }
    }

    private void keepParts() {
        List<PartRule> parts = rules.parts();
        for (int i = 0; i < parts.size(); i++) {
            Object raw = draft.slots[rules.partSlot(i)];
            boolean readable = raw instanceof String || raw instanceof Number || raw instanceof Boolean;
            if (raw != null && (parts.get(i).keep() || !readable)) {
                draft.keep(parts.get(i).name(), raw);
            } else if (raw instanceof String text && TextReader.fault(text) != null) {
                errors.add(new FieldError(parts.get(i).from().get(0), text, String.valueOf(TextReader.fault(text))));
            }
        }
    }

    private void checkMetadata() {
        for (Map.Entry<String, @Nullable Object> entry : draft.metadata.entrySet()) {
            String fault = TextReader.fault(entry.getKey());
            fault = fault == null ? TextReader.faultWithin(entry.getValue()) : fault;
            if (fault != null) {
                errors.add(new FieldError(entry.getKey(), String.valueOf(entry.getValue()), fault));
            }
        }
    }

    private @Nullable PersonName contact() {
        String first = part(PartRule.FIRST_NAME);
        String last = part(PartRule.LAST_NAME);
        if (first != null || last != null) {
            return new PersonName(first == null ? null : first.strip(), last == null ? null : last.strip());
        }
        String whole = text(DealField.CONTACT_NAME);
        PersonName split = whole == null ? null : PersonName.of(whole);
        return split == null || (split.firstName() == null && split.lastName() == null) ? null : split;
    }
}
