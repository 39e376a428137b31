/**
 * SPI, for modules that extend the framework, not for applications: links and what stands
 * between a node and its links, and where services are announced and looked for. May
 * change with any release.
 */
@NullMarked
package io.adaptive.spi;

import org.jspecify.annotations.NullMarked;
