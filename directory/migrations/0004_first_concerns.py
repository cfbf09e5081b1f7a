"""A first list of concerns in residents' words. A city edits it; the codes stand in addresses and never change."""

from django.db import migrations

CONCERNS = (
    ("k1", "ねむれない・不安", "不眠 心配 こころ 気分の落ちこみ ストレス"),
    ("k2", "ひとりでいる・話す相手がいない", "孤独 孤立 さびしい 話し相手"),
    ("k3", "家から出にくい", "ひきこもり 外に出られない"),
    ("k4", "学校・友だち", "不登校 いじめ 進路 先生"),
    ("k5", "しごと・お金・住まい", "失業 借金 生活困窮 家賃 食べるもの フードバンク"),
    ("k6", "子育て・介護", "育児 ヤングケアラー 親の介護 ダブルケア"),
    ("k7", "家族・夫婦のこと", "離婚 親子 きょうだい 8050"),
    ("k8", "暴力・こわいこと", "DV 虐待 ハラスメント 性暴力 犯罪"),
    ("k9", "病気・障害・依存", "通院 発達障害 アルコール ギャンブル ゲーム"),
    ("k0", "大切な人をなくした", "死別 グリーフ 自死遺族"),
)


def add(apps, schema_editor):
    concern = apps.get_model("directory", "Concern")
    for order, (code, name, aliases) in enumerate(CONCERNS, start=1):
        concern.objects.get_or_create(code=code, defaults={"name": name, "aliases": aliases, "sort_order": order * 10})


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_desks")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
