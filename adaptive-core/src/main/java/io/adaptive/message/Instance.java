package io.adaptive.message;

/**
 * One start of a node. Two copies of a program on one machine share the provider id and
 * differ in the incarnation; so does a program before and after its restart.
 *
 * @param provider the machine
 * @param incarnation a random number drawn when the node starts
 */
public record Instance(ProviderId provider, long incarnation) {

	@Override
	public String toString() {
		return this.provider + "#" + Long.toHexString(this.incarnation);
	}

}
