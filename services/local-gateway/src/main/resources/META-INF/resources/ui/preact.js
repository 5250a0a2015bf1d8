// The version is that of the dependency in the POM.
export * from "../_static/htm/3.1.1/preact/standalone.module.js";
