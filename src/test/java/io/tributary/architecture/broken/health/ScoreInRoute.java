package io.tributary.architecture.broken.health;

import io.tributary.architecture.broken.deal.DealWithDatabase;
import org.apache.camel.Exchange;
import org.mockito.Mockito;

/** Breaks the rules on purpose: a score that knows Camel, sleeps, mocks, and is half of a cycle. */
public final class ScoreInRoute {

    public void score(Exchange exchange, DealWithDatabase deal) throws InterruptedException {
        Thread.sleep(1);
        exchange.setProperty("deal", deal);
        exchange.setProperty("mock", Mockito.mock(Exchange.class));
    }
}
