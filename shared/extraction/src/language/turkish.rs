//! Turkish, folded. Verbs are recognised by their endings (see `acts::turkish`); these are whole words.

use super::Marks;

pub(super) const WORDS: &[(Marks, &str)] = &[
    (
        Marks::NEGATION,
        "degil yok hic asla hicbir kimse gerekmiyor gerek",
    ),
    (Marks::CONDITION, "eger sayet ise takdirde"),
    (
        Marks::DOUBT,
        "belki muhtemelen olabilir herhalde galiba keske",
    ),
    (Marks::FIRST, "ben benim bana beni"),
    (Marks::SECOND, "sen siz sizin sana size senin"),
    (Marks::PLURAL, "biz bizim bize"),
    (Marks::THIRD, "o bu su onlar bunlar"),
    (Marks::ANYONE, "biri birisi herkes hepimiz"),
    (
        Marks::ROLE,
        "ekip takim ekibi takimi pazarlama finans hukuk tasarim yazilim satis destek muhasebe yonetim mudur muduru sekreter sayman baskan satinalma lojistik koordinator komite tedarikci gelistirme uretim ik ogrenciler ogrenci veliler ogretmen departmani birimi",
    ),
    (
        Marks::GENERIC,
        "calisanlar kullanicilar ziyaretciler musteriler kiracilar misafirler yolcular personel kullanici musteri uyeler",
    ),
    (
        Marks::HABIT,
        "her zaman daima genellikle genelde surekli normalde",
    ),
    (
        Marks::REPORT,
        "dedi soyledi belirtti acikladi bildirdi gore anlatti ifade aktardi vurguladi",
    ),
    (Marks::PLEASE, "lutfen rica"),
    (
        Marks::MEETING,
        "toplanti toplantisi randevu randevusu gorusme gorusmesi sunum sunumu egitim egitimi calistay seminer mulakat mulakati konferans yemek yemegi kahvalti ziyaret ziyareti disci doktor gosteri gosterisi prova provasi konser konseri dugun nikah kermes tatbikat tatbikati",
    ),
    (Marks::EXAM, "sinav sinavi vize final imtihan quiz"),
    (
        Marks::COURSEWORK,
        "odev odevi proje projesi rapor raporu teslim makale sunum deney",
    ),
    (
        Marks::FUNCTION,
        "ve veya ile de da ki mi mu icin gibi kadar daha en cok az bir bu su o her ne ya ama fakat cunku sonra once olarak",
    ),
    (
        Marks::RECIPE,
        "firin firini yemek kasigi bardak un seker tereyagi pisirin pisir hamur sogan sarimsak tuz karabiber karistirin tava yumurta malzemeler gram dogray dograyin yogurun mercimek mercimegi sogani tereyaginda kavurun su bardagi ekleyin dokun tuzunu limonla servis corba corbasi kavrulmus dakika tencere kepce havuc patates domates salca zeytinyagi yag un maydanoz suzun yikayin kizarana haslayin",
    ),
    (
        Marks::ADVERT,
        "indirim kampanya firsat firsati hemen ucretsiz abone kupon satin kacirmayin bedava indirimli",
    ),
    (
        Marks::MANUAL,
        "tiklayin tikla dugme dugmesine menu ekran ayarlar yukleyin basin tusuna vida",
    ),
    (
        Marks::LEGAL,
        "yonetmelik kural kurallar yasak yasaktir sozlesme madde zorunlu zorunludur politika",
    ),
    (
        Marks::DONE,
        "tamamlandi bitti yapildi gonderildi tamam iptal kapatildi bitirildi teslim edildi odendi cozuldu",
    ),
    (Marks::QUESTION, "kim ne nerede neden nasil hangi niye"),
    (
        Marks::GREETING,
        "merhaba selam sayin tesekkurler gunaydin iyi",
    ),
];

/// Meetings, whatever ending they carry: "toplantımız", "toplantısı".
pub(super) const MEETINGS: &[&str] = &["toplanti", "gorusme", "mulakat", "randevu", "seminer"];
