package io.radstream.serving.http;

import java.util.List;

/** Endpoints that belong together. */
@FunctionalInterface
interface EndpointGroup {

  List<Endpoint> endpoints();
}
