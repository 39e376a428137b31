package io.adaptive.spring.client;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Factory bean of a client interface.
 *
 * @param <T> the interface
 */
public final class ClientFactoryBean<T> implements FactoryBean<T>, BeanFactoryAware, InitializingBean {

	private final Class<T> type;

	private @Nullable BeanFactory beanFactory;

	private @Nullable T client;

	/**
	 * Creates the factory bean.
	 * @param type the interface
	 */
	public ClientFactoryBean(Class<T> type) {
		this.type = type;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Creates the client at once, so that an invalid interface fails the start.
	 */
	@Override
	public void afterPropertiesSet() {
		if (this.beanFactory != null) {
			this.client = this.beanFactory.getBean(DiscoveredConnections.class).client(this.type);
		}
	}

	@Override
	public @Nullable T getObject() {
		return this.client;
	}

	@Override
	public Class<T> getObjectType() {
		return this.type;
	}

}
