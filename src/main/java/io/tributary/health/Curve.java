package io.tributary.health;

import java.util.List;

/**
 * How many points a quantity is worth: straight lines between the points given, level beyond the first and the last.
 * It never turns, so more of a good thing never costs points.
 */
final class Curve {
    private final double[] at;
    private final double[] worth;

    /** One corner of the line: {@code points} at the quantity {@code at}. */
    record Corner(double at, double points) {}

    /**
     * @throws IllegalArgumentException with what is wrong, when the corners do not ascend, or the line rises and falls
     */
    Curve(List<Corner> corners) {
        if (corners.isEmpty()) {
            throw new IllegalArgumentException("has no points");
        }
        at = corners.stream().mapToDouble(Corner::at).toArray();
        worth = corners.stream().mapToDouble(Corner::points).toArray();
        boolean rises = false;
        boolean falls = false;
        for (int i = 1; i < at.length; i++) {
            if (!(at[i] > at[i - 1])) {
                throw new IllegalArgumentException("lists its quantities in another than ascending order");
            }
            rises |= worth[i] > worth[i - 1];
            falls |= worth[i] < worth[i - 1];
        }
        if (rises && falls) {
            throw new IllegalArgumentException(
                    "both rises and falls, so that more would be better here and worse there");
        }
    }

    /** The points for {@code quantity}, in tenths. */
    long tenths(double quantity) {
        return Math.round(10 * points(quantity));
    }

    private double points(double quantity) {
        int last = at.length - 1;
        if (quantity <= at[0]) {
            return worth[0];
        }
        for (int i = 1; i <= last; i++) {
            if (quantity <= at[i]) {
                double share = (quantity - at[i - 1]) / (at[i] - at[i - 1]);
                return worth[i - 1] + share * (worth[i] - worth[i - 1]);
            }
        }
        return worth[last];
    }

    /** The corners as a file has them, with the points multiplied. */
    String text(double multiplier) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < at.length; i++) {
            text.append(i == 0 ? "[" : ", [")
                    .append(PipelineProfile.number(at[i]))
                    .append(", ")
                    .append(PipelineProfile.number(worth[i] * multiplier))
                    .append(']');
        }
        return text.append(']').toString();
    }

    /** The greatest number of points that the line gives or takes. */
    double weight() {
        double weight = 0;
        for (double points : worth) {
            weight = Math.max(weight, Math.abs(points));
        }
        return weight;
    }

    /** The most points that the line gives, in tenths. */
    long bestTenths() {
        double best = worth[0];
        for (double points : worth) {
            best = Math.max(best, points);
        }
        return Math.round(10 * best);
    }
}
