package imagefunctions.storage;

/** The defaults of the settings of object stores, for the servers and for the tools that read the same settings. */
public final class StoreDefaults {
    public static final String REGION = "us-east-1";
    public static final int CONNECT_SECONDS = 5;
    public static final int READ_SECONDS = 30;

    /** Where the local gateway keeps the objects of its own store, and its access key. */
    public static final String FOLDER = "data/s3";

    /** The port of the local gateway's own store. */
    public static final int PORT = 9000;

    private StoreDefaults() {}
}
