package io.tributary.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;

/**
 * Fits the weights of a profile to a workspace's own history, by logistic regression: the log-odds of winning are a
 * constant plus a slope times the points of each factor times its multiplier. Multipliers are kept between nothing and
 * three times, so that more of a good thing never becomes bad, and drawn towards 1 where the history says little.
 *
 * @param multipliers by what the points of each factor would be multiplied
 */
public record Fit(Map<String, Double> multipliers) {
    /** With less history than that a fit would follow chance. */
    public static final int LEAST_WON = 50;

    public static final int LEAST_LOST = 150;

    private static final double MOST = 3;

    /** How much a multiplier away from 1 costs, against the mean loss of a deal. */
    private static final double PULL = 0.01;

    private static final int EVALUATIONS = 20_000;

    /** The fit to these deals; empty when they are too few, or none is found in bounded time. */
    public static Optional<Fit> of(HealthProfile profile, List<Backtest.Sample> samples) {
        long won = samples.stream().filter(Backtest.Sample::won).count();
        if (won < LEAST_WON || samples.size() - won < LEAST_LOST) {
            return Optional.empty();
        }
        List<Map<String, Double>> points = new ArrayList<>();
        TreeSet<String> factors = new TreeSet<>();
        for (Backtest.Sample sample : samples) {
            Map<String, Double> own = new LinkedHashMap<>();
            profile.score(sample.facts(), sample.norms(), sample.at())
                    .contributions()
                    .forEach(part -> own.merge(part.factor(), part.points().doubleValue(), Double::sum));
            points.add(own);
            factors.addAll(own.keySet());
        }
        if (factors.isEmpty()) {
            return Optional.empty();
        }
        double[][] table = new double[samples.size()][];
        boolean[] outcomes = new boolean[samples.size()];
        for (int i = 0; i < table.length; i++) {
            Map<String, Double> own = points.get(i);
            table[i] = factors.stream()
                    .mapToDouble(factor -> own.getOrDefault(factor, 0.0))
                    .toArray();
            outcomes[i] = samples.get(i).won();
        }
        double[] best;
        try {
            best = minimum(table, outcomes, factors.size());
        } catch (MathRuntimeException noMinimumInTime) {
            return Optional.empty();
        }
        Map<String, Double> multipliers = new LinkedHashMap<>();
        int place = 2;
        for (String factor : factors) {
            multipliers.put(factor, Math.round(100 * best[place++]) / 100.0);
        }
        return Optional.of(new Fit(multipliers));
    }

    /** Constant, slope of ten points, and the multiplier of each factor. */
    private static double[] minimum(double[][] table, boolean[] outcomes, int factors) {
        double[] guess = new double[factors + 2];
        double[] low = new double[guess.length];
        double[] high = new double[guess.length];
        Arrays.fill(guess, 1);
        Arrays.fill(high, MOST);
        guess[0] = 0;
        low[0] = -10;
        high[0] = 10;
        guess[1] = 0.5;
        high[1] = 5;
        return new BOBYQAOptimizer(2 * guess.length + 1)
                .optimize(
                        new MaxEval(EVALUATIONS),
                        new ObjectiveFunction(at -> loss(at, table, outcomes)),
                        GoalType.MINIMIZE,
                        new InitialGuess(guess),
                        new SimpleBounds(low, high))
                .getPoint();
    }

    private static double loss(double[] at, double[][] table, boolean[] outcomes) {
        double loss = 0;
        for (int i = 0; i < table.length; i++) {
            double sum = 0;
            for (int factor = 0; factor < table[i].length; factor++) {
                sum += at[factor + 2] * table[i][factor];
            }
            double odds = at[0] + at[1] * sum / 10;
            // log(1 + e^-x) without overflow.
            double signed = outcomes[i] ? -odds : odds;
            loss += Math.max(0, signed) + Math.log1p(Math.exp(-Math.abs(signed)));
        }
        double pull = 0;
        for (int factor = 2; factor < at.length; factor++) {
            pull += (at[factor] - 1) * (at[factor] - 1);
        }
        return loss / table.length + PULL * pull;
    }
}
