/**
 * SPI for modules that extend the framework, not for applications: links, dial
 * interceptors, announcers and lookups. It may change with any release.
 */
@NullMarked
package io.adaptive.spi;

import org.jspecify.annotations.NullMarked;
