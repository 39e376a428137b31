package io.adaptive.gshell.daemon;

import io.adaptive.gshell.message.FetchApp;
import io.adaptive.gshell.message.ListRepository;
import io.adaptive.gshell.message.RepositoryListing;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.message.Scope;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;

/**
 * The service {@code {gshell, codeRepo}}, so that others need no copy of the repository.
 * A folder is served on this machine only.
 */
@AdaptiveService(publisher = "gshell", name = "codeRepo", scopes = { Scope.PROCESS, Scope.OS })
class CodeRepositoryService {

	private final AppCode code;

	CodeRepositoryService(AppCode code) {
		this.code = code;
	}

	@MessageHandler
	RepositoryListing list(ListRepository request) {
		return this.code.list(request.path());
	}

	@MessageHandler
	BundleContent fetch(FetchApp request) {
		return Bundles.content(this.code.bundle(request.app(), null));
	}

}
