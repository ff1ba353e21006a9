//! How fast names, posts, typography and hyphenation are on one core.

use divan::{Bencher, black_box, counter::ItemsCount};
use itog_lang::ru::{Case, Gender, hyphen, name, party::Party, post, typography};

const NAMES: [&str; 8] = [
    "Шабалина Наталья Григорьевна",
    "Егорова Татьяна Вячеславовна",
    "Мицкевич Павел Лукич",
    "Бонч-Бруевич Владимир Дмитриевич",
    "Кравец Фёдор Игоревич",
    "Ткаченко Светлана Сергеевна",
    "Алиев Ильхам Гейдар оглы",
    "Долгая Любовь Ильинична",
];

const POSTS: [&str; 4] = [
    "заместитель начальника управления – начальник отдела культуры",
    "и.о. начальника управления культуры",
    "главный библиотекарь отдела краеведения",
    "заведующая фортепианным отделом Детской музыкальной школы города",
];

const TEXT: &str = "Кемеровская областная научная библиотека им. В.Д. Федорова, рассмотрев \
    формы и методы работы 10-15 библиотек в 2014 г., постановила - поддержать газету \
    \"Сельская новь\" и форму 6-НК.";

fn main() {
    divan::main();
}

#[divan::bench]
fn full_names_dative(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(NAMES.len())).bench(|| {
        for full in NAMES {
            black_box(name::inflect(black_box(full), Case::Dative, None));
        }
    });
}

#[divan::bench]
fn full_names_dative_known_gender(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(NAMES.len())).bench(|| {
        for full in NAMES {
            black_box(name::inflect(black_box(full), Case::Dative, Some(Gender::Feminine)));
        }
    });
}

/// What a record of a batch asks for: who it is, and the form.
#[divan::bench]
fn parties_dative(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(NAMES.len())).bench(|| {
        for full in NAMES {
            black_box(Party::of(black_box(full), None).inflect(Case::Dative));
        }
    });
}

#[divan::bench]
fn posts_dative(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(POSTS.len())).bench(|| {
        for text in POSTS {
            black_box(post::inflect(black_box(text), Case::Dative, None));
        }
    });
}

#[divan::bench]
fn typograph(bencher: Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::BytesCount::of_str(TEXT))
        .bench(|| black_box(typography::typograph(black_box(TEXT)).len()));
}

#[divan::bench]
fn hyphenate(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        black_box(hyphen::breaks(
            black_box("культурно-просветительской"),
            &hyphen::Exceptions::none(),
        ))
    });
}
