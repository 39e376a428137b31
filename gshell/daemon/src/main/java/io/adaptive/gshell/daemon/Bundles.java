package io.adaptive.gshell.daemon;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;

/**
 * Bundles as messages.
 */
final class Bundles {

	private Bundles() {
	}

	static BundleContent content(CodeBundle bundle) {
		return new BundleContent(bundle.app(),
				bundle.files()
					.stream()
					.map((each) -> new BundleFile(each.name(), bundle.content(each.name())))
					.toList());
	}

}
