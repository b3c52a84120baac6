package io.tributary.salesforce;

import io.tributary.testing.WithHub;

/** Streams of the Streaming API, by CometD. */
@WithHub
class BayeuxStreamTest extends StreamCases<BayeuxServer> {

    @Override
    BayeuxServer streamOf(FakeOrg org) throws Exception {
        return new BayeuxServer(org);
    }
}
