package io.tributary.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many callers at the same moment. */
public final class Crowd {
    private Crowd() {}

    /** Runs {@code work} for 0 to {@code size} - 1, each in a thread of its own, all let go together. */
    public static <T> List<T> of(int size, IntFunction<T> work) {
        return of(size, size, work);
    }

    /** Runs {@code work} for 0 to {@code tasks} - 1, so many at a time, and gives the results in that order. */
    public static <T> List<T> of(int tasks, int atATime, IntFunction<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(atATime);
        try {
            CountDownLatch gate = new CountDownLatch(1);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    gate.await();
                    return work.apply(number);
                }));
            }
            gate.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("one of the crowd failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
