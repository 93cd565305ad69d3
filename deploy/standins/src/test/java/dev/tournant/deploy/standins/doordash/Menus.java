package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Menus to push. */
final class Menus {
    static final String WEEK = "[{'day_index':'MON','start_time':'09:00','end_time':'14:00'},"
            + "{'day_index':'MON','start_time':'17:00','end_time':'22:00'},"
            + "{'day_index':'TUE','start_time':'09:00','end_time':'22:00'}]";

    private Menus() {}

    /** A category, a burger with an extra in an option of an extra, a soup. */
    static ObjectNode menu(String store, String reference) {
        return Caller.object(("{'reference':'%s','store':{'merchant_supplied_id':'%s','provider_type':'tournant'},"
                        + "'open_hours':%s,'special_hours':[{'date':'2026-12-24','closed':true}],"
                        + "'menu':{'name':'All day','subtitle':'','active':true,'merchant_supplied_id':'m1',"
                        + "'categories':[{'name':'Mains','merchant_supplied_id':'c1','active':true,'sort_id':0,'items':["
                        + "{'name':'Burger','description':'','merchant_supplied_id':'burger','active':true,'price':1250,"
                        + "'tax_rate':8.25,'is_alcohol':false,'sort_id':0,'extras':[%s]},"
                        + "{'name':'Soup','merchant_supplied_id':'soup','price':700,'sort_id':1}]}]}}")
                .formatted(reference, store, WEEK, extra("side", extra("sauce", ""))));
    }

    /** An element of a pulled {@code menus}. */
    static ObjectNode pulled(String reference) {
        ObjectNode menu = menu("any", reference);
        menu.remove("store");
        return menu;
    }

    static String extra(String name, String nested) {
        return ("{'name':'%s','merchant_supplied_id':'x-%s','min_num_options':1,'max_num_options':2,'num_free_options':1,"
                        + "'min_option_choice_quantity':0,'max_option_choice_quantity':1,"
                        + "'min_aggregate_options_quantity':0,'max_aggregate_options_quantity':2,'options':["
                        + "{'name':'%s','merchant_supplied_id':'o-%s','price':150,'default':true,'active':true,"
                        + "'extras':[%s]}]}")
                .formatted(name, name, name, name, nested);
    }

    static ObjectNode item(ObjectNode push, int at) {
        return (ObjectNode) push.at("/menu/categories/0/items/" + at);
    }
}
