package dev.tournant.deploy.standins.core;

import java.util.List;
import java.util.Random;

/** Names for a menu that reads like a menu. */
public final class Dishes {
    /** A section of the menu: where it stands, what is in it, and what it costs, in hundredths of a dollar. */
    public record Section(
            String name,
            String parent,
            List<String> first,
            List<String> second,
            int priceMin,
            int priceMax,
            boolean food) {}

    private static final List<String> KITCHEN = List.of(
            "Smoky", "Roasted", "Crispy", "House", "Grilled", "Spicy", "Garden", "Charred", "Classic", "Farmhouse");
    private static final List<String> BAR = List.of("House", "Cold", "Sparkling", "Fresh", "Spiced", "Large");

    public static final List<Section> SECTIONS = List.of(
            section("Starters", "", KITCHEN, List.of("Wings", "Calamari", "Hummus", "Soup", "Bruschetta"), 500, 1400),
            section("Burgers", "Mains", KITCHEN, List.of("Burger", "Cheeseburger", "Chicken Burger"), 1100, 1900),
            section("Pizza", "Mains", KITCHEN, List.of("Margherita", "Funghi", "Diavola", "Marinara"), 1200, 2200),
            section("Pasta", "Mains", KITCHEN, List.of("Carbonara", "Lasagne", "Rigatoni", "Gnocchi"), 1300, 2100),
            section("Salads", "Mains", KITCHEN, List.of("Caesar", "Beet Salad", "Grain Bowl"), 900, 1600),
            section("Grill", "Mains", KITCHEN, List.of("Sirloin", "Salmon", "Half Chicken", "Ribs"), 1800, 3900),
            section("Sides", "", KITCHEN, List.of("Fries", "Slaw", "Greens", "Rice", "Corn"), 300, 800),
            section("Desserts", "", KITCHEN, List.of("Cheesecake", "Tart", "Brownie", "Gelato"), 600, 1100),
            section("Breakfast", "", KITCHEN, List.of("Omelette", "Pancakes", "Toast", "Granola"), 700, 1500),
            section("Soft drinks", "Drinks", BAR, List.of("Lemonade", "Cola", "Ginger Ale", "Iced Tea"), 250, 600),
            section("Coffee & tea", "Drinks", BAR, List.of("Latte", "Flat White", "Green Tea", "Chai"), 300, 650),
            section("Beer & wine", "Drinks", BAR, List.of("Lager", "Pale Ale", "Riesling", "Malbec"), 600, 1500));

    public static final List<String> RESTAURANTS = List.of(
            "Harbour Kitchen",
            "Blue Door Diner",
            "Corner Trattoria",
            "Lantern House",
            "Copper Pot",
            "Maple & Rye",
            "The Long Table",
            "Sunday Grill",
            "Olive Yard",
            "Station Bistro");

    public static final List<String> DISTRICTS = List.of("Downtown", "Riverside", "Airport", "Old Town", "University");

    private Dishes() {}

    public static String name(Section section, int nth, Random random) {
        String first = section.first().get(random.nextInt(section.first().size()));
        String second = section.second().get(nth % section.second().size());
        return first + " " + second + (nth < section.second().size() ? "" : " No. " + (nth + 1));
    }

    private static Section section(
            String name, String parent, List<String> first, List<String> second, int priceMin, int priceMax) {
        return new Section(name, parent, first, second, priceMin, priceMax, !parent.equals("Drinks"));
    }
}
