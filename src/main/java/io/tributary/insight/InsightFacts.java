package io.tributary.insight;

import io.tributary.deal.Deal;
import io.tributary.deal.DealField;
import io.tributary.health.Contribution;
import io.tributary.health.Health;
import io.tributary.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What insights on a deal may rest on: recorded facts, by the names that the API gives them. What outsiders wrote in their
 * own words (the deal's name and description, and whatever a source says beside its fields) is no fact: it is known here
 * only so that nothing of it is repeated.
 */
public final class InsightFacts {
    /** A company's name as companies have them; whatever else stands in that field is not repeated. */
    private static final Pattern COMPANY = Pattern.compile("[\\p{L}\\p{N}&.'’ -]{2,40}");

    private static final Pattern ADDRESS = Pattern.compile("(?i)www|https?|\\.[a-z]");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?");
    private static final int COMPANY_WORDS = 4;
    private static final int LONGEST_TEXT = 20_000;

    private final Deal deal;
    private final Health health;
    private final Market market;
    private final LocalDate today;
    private final Map<String, Object> known;

    /** The facts of {@code deal} as they are at {@code now}. */
    public InsightFacts(Deal deal, Health health, Market market, Instant now) {
        this.deal = deal;
        this.health = health;
        this.market = market;
        this.today = now.atZone(ZoneOffset.UTC).toLocalDate();
        this.known = new LinkedHashMap<>(stable());
        known.put("created_at", age(deal.origin().at()));
        known.put("stage_entered_at", age(deal.stageEnteredAt));
        if (deal.lastEngagementAt != null) {
            known.put("last_engagement_at", age(deal.lastEngagementAt));
        }
        known.put("health_score", health.score());
        putMarket();
    }

    private void putMarket() {
        if (market.standing() != null) {
            known.put("value_rank", market.standing().valueRank());
            known.put("percentile", market.standing().percentile());
        }
        known.put("total_active_deals", market.active());
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("amount", market.pipelineValue().setScale(2, RoundingMode.HALF_UP));
        pipeline.put("currency", market.currency());
        known.put("pipeline_value", pipeline);
        known.put("stage_distribution", Map.of("deals_in_this_stage", market.inStage()));
        put("win_rate", market.winRate());
        put("velocity", market.daysToWin() == null ? null : Map.of("average_days_to_win", market.daysToWin()));
    }

    /** What changes only when the deal does, not as time passes or other deals come. */
    private Map<String, Object> stable() {
        Map<String, Object> facts = new LinkedHashMap<>();
        company().ifPresent(company -> facts.put("company", company));
        if (deal.value() != null) {
            facts.put("value", deal.value());
            facts.put("currency", deal.currency());
            facts.put("value_estimated", deal.valueEstimated());
        }
        facts.put("stage", deal.stage().code());
        facts.put(
                "probability",
                new BigDecimal(deal.probability().stripTrailingZeros().toPlainString()));
        facts.put("source", deal.origin().source());
        LocalDate close = deal.expectedCloseDate();
        if (close != null) {
            facts.put("expected_close_date", close.toString());
        }
        if (deal.text(DealField.CONTACT_EMAIL) != null) {
            facts.put("contact_email", "known");
        }
        if (deal.text(DealField.CONTACT_NAME) != null) {
            facts.put("contact_name", "known");
        }
        if (deal.owner != null) {
            facts.put("owner", "known");
        }
        facts.put("risk_level", health.riskLevel());
        return facts;
    }

    private Map<String, Object> age(Instant at) {
        Map<String, Object> age = new LinkedHashMap<>();
        age.put("date", at.atZone(ZoneOffset.UTC).toLocalDate().toString());
        age.put("days_ago", daysSince(at));
        return age;
    }

    private void put(String name, @Nullable Object value) {
        if (value != null) {
            known.put(name, value);
        }
    }

    public Deal deal() {
        return deal;
    }

    public Health health() {
        return health;
    }

    public Market market() {
        return market;
    }

    /** The facts that are known, by name. */
    public Map<String, Object> known() {
        return known;
    }

    /** Whole days from {@code at} to today, by UTC's calendar. */
    long daysSince(Instant at) {
        return ChronoUnit.DAYS.between(at.atZone(ZoneOffset.UTC).toLocalDate(), today);
    }

    /** Whole days from today to the expected close date; null without one. */
    @Nullable
    Long daysToClose() {
        LocalDate close = deal.expectedCloseDate();
        return close == null ? null : ChronoUnit.DAYS.between(today, close);
    }

    /** The company's name, when it can be nothing but a name. */
    Optional<String> company() {
        String company = deal.company();
        return Optional.ofNullable(company)
                .filter(name -> COMPANY.matcher(name).matches()
                        && !ADDRESS.matcher(name).find()
                        && name.split(" ", -1).length <= COMPANY_WORDS);
    }

    /** Every figure that is known; whatever other figure an insight holds is made up. */
    List<BigDecimal> figures() {
        List<BigDecimal> figures = new ArrayList<>();
        collect(known, figures);
        Long days = daysToClose();
        if (days != null) {
            figures.add(BigDecimal.valueOf(Math.abs(days)));
        }
        grounds().forEach(part -> {
            figures.add(part.points().abs());
            NUMBER.matcher(DATE.matcher(part.reason()).replaceAll(" "))
                    .results()
                    .forEach(number -> figures.add(new BigDecimal(number.group().replace(",", ""))));
        });
        return figures;
    }

    private static void collect(@Nullable Object value, List<BigDecimal> figures) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(part -> collect(part, figures));
        } else if (value instanceof Number number) {
            figures.add(new BigDecimal(number.toString()));
        }
    }

    /** Every date that is known, as ISO 8601 writes it. */
    List<String> dates() {
        List<String> dates = new ArrayList<>();
        known.values().forEach(value -> {
            Object date = value instanceof Map<?, ?> age ? age.get("date") : value;
            if (date instanceof String text && DATE.matcher(text).matches()) {
                dates.add(text);
            }
        });
        grounds().forEach(part -> DATE.matcher(part.reason()).results().forEach(date -> dates.add(date.group())));
        return dates;
    }

    /** What moved the health score, but for what quotes somebody. */
    List<Contribution> grounds() {
        return health.contributions().stream()
                .filter(part -> !part.factor().equals("next_step"))
                .toList();
    }

    /** The names that an insight may cite; of some nothing may be recorded, which is worth a citation too. */
    Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(known.keySet());
        fields.addAll(List.of(
                "company",
                "value",
                "expected_close_date",
                "last_engagement_at",
                "contact_email",
                "contact_name",
                "owner",
                "win_rate"));
        return fields;
    }

    /** Everything that somebody outside has written in words of his own, the company's name apart. */
    String written() {
        StringBuilder written = new StringBuilder(deal.name());
        for (DealField field : List.of(DealField.DESCRIPTION, DealField.CONTACT_NAME)) {
            String text = deal.text(field);
            if (text != null) {
                written.append('\n').append(text);
            }
        }
        if (company().isEmpty() && deal.company() != null) {
            written.append('\n').append(deal.company());
        }
        append(deal.metadata(), written);
        return written.substring(0, Math.min(written.length(), LONGEST_TEXT));
    }

    private static void append(@Nullable Object value, StringBuilder written) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(part -> append(part, written));
        } else if (value instanceof Iterable<?> list) {
            list.forEach(part -> append(part, written));
        } else if (value instanceof String text && written.length() < LONGEST_TEXT) {
            written.append('\n').append(text);
        }
    }

    /** Names the facts that only a change of the deal changes: whoever wrote insights on the same need not write again. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Objects.requireNonNull(Json.write(stable())).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
