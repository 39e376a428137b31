package io.adaptive.spring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Makes the bean of a client interface.
 *
 * @param <T> the interface
 */
public final class ClientFactoryBean<T> implements FactoryBean<T>, BeanFactoryAware, InitializingBean {

	private final Class<T> type;

	private @Nullable BeanFactory beanFactory;

	private @Nullable T client;

	/**
	 * Prepares to make a bean.
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
	 * Makes the bean at once, so that a wrong interface ends the start.
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
