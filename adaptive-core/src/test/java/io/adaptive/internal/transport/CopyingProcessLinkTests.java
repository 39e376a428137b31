package io.adaptive.internal.transport;

/**
 * {@link LinkContractTests} within a process whose nodes want copies.
 */
class CopyingProcessLinkTests extends ProcessLinkTests {

	@Override
	boolean copied() {
		return true;
	}

}
