package io.adaptive.boot.autoconfigure.typesopen;

import io.adaptive.annotation.RegisteredType;

/**
 * An interface that is not sealed.
 */
@RegisteredType
public interface Unsealed {

}
