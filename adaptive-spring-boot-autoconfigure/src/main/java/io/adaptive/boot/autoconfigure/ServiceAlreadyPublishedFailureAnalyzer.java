package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.server.AnnotatedServices;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for beans that publish the same service.
 */
class ServiceAlreadyPublishedFailureAnalyzer extends AbstractFailureAnalyzer<ServiceAlreadyPublishedException> {

	private static final String ACTION = ("Look for code that publishes it with AdaptiveServer, or for another "
			+ "application context in this JVM, and remove one of the two. To isolate contexts, as in tests, define in each "
			+ "a bean of type %s and set adaptive.os.socket-directory to a separate directory.")
		.formatted(ProcessSpace.class.getName());

	private final AnnotatedServices annotatedServices;

	ServiceAlreadyPublishedFailureAnalyzer(BeanFactory beanFactory) {
		this.annotatedServices = new AnnotatedServices((ListableBeanFactory) beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServiceAlreadyPublishedException cause) {
		List<String> beanNames = this.annotatedServices.beansOf(cause.service());
		StringBuilder description = new StringBuilder(cause.getMessage()).append('.');
		if (!beanNames.isEmpty()) {
			description.append("%n%nThe beans of this application context that publish it:%n".formatted());
			beanNames.forEach((beanName) -> description.append("\t- %s%n".formatted(beanName)));
		}
		return new FailureAnalysis(description.toString(), ACTION, cause);
	}

}
