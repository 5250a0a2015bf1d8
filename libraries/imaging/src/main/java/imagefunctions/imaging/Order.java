package imagefunctions.imaging;

import imagefunctions.imaging.operation.Operation;
import imagefunctions.imaging.operation.Pipeline;
import java.util.List;

/**
 * What somebody asks for.
 *
 * @param operation what is done with the picture
 * @param keepsCopyright whether the result says who made the picture and who owns it, if its file does
 * @param keepsGainMap whether a photo that keeps its size, colours and quality keeps its gain map too
 * @param allCores whether it may take all cores that no other picture needs
 */
public record Order(Operation operation, boolean keepsCopyright, boolean keepsGainMap, boolean allCores) {

    /** One order after the other; the result keeps what all of them keep, and all cores are for any that may have them. */
    public static Order inTurn(List<Order> orders) {
        return new Order(
                new Pipeline(orders.stream().map(Order::operation).toList()),
                orders.stream().allMatch(Order::keepsCopyright),
                orders.stream().allMatch(Order::keepsGainMap),
                orders.stream().anyMatch(Order::allCores));
    }
}
