package io.adaptive.sample.quotes;

record Subscribe(String name) {

}
