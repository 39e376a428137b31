package io.adaptive.sample.streaming;

record CountFrom(long first) {

}
