package io.adaptive.topidchart.session;

import java.nio.file.Path;
import java.util.List;

import io.adaptive.topidchart.store.ClosedBlock;

/**
 * A block on its way to the database.
 *
 * @param session the session
 * @param block the block
 * @param journals the files that are not needed once it is stored
 */
record Closing(LiveSession session, ClosedBlock block, List<Path> journals) {

}
