/**
 * The examples of the guide, as tests.
 */
package io.adaptive.guide;
