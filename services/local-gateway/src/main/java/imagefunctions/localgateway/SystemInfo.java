package imagefunctions.localgateway;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What OpenFaaS' {@code GET /system/info} answers. */
record SystemInfo(Provider provider, Version version, String arch) {

    record Provider(String provider, String orchestration, Version version) {}

    record Version(@JsonProperty("commit_message") String commitMessage, String sha, String release) {}

    static SystemInfo local(String release) {
        Version version = new Version("", "", release);
        return new SystemInfo(new Provider("image-functions", "local", version), version, machine());
    }

    /** The machine's name as {@code uname -m} and OpenFaaS say it. */
    private static String machine() {
        String java = System.getProperty("os.arch");
        return java.equals("amd64") ? "x86_64" : java;
    }
}
