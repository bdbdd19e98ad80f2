package dev.funnel.trainer.train;

import dev.funnel.bundle.ItemTable;
import dev.funnel.bundle.UserTable;
import dev.funnel.trainer.prepare.Profiles;

/** The tables of the bundle being trained, as services will read them. The users' histories are those of the whole log. */
record Tables(ItemTable items, UserTable users) {

    Profiles profiles() {
        return new Profiles(users);
    }
}
