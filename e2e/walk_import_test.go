package e2e

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
)

// oldRows makes an old ledger of twenty couples. Two of the forty rows are wrong: the check digit of a head, and the health
// of a wife.
func oldRows() [][]string {
	all := [][]string{{"户号", "与户主关系", "姓名", "身份证号", "住址", "单位", "身体情况", "致困原因"}}
	for i := range 20 {
		man, woman := number(fmt.Sprintf("53990319%02d%02d%02d%03d", 58+i, 1+i%12, 1+i, 11+2*i)), number(fmt.Sprintf("53990319%02d%02d%02d%03d", 59+i, 1+i%12, 2+i, 12+2*i))
		health := "健康"
		if i == 5 {
			man = man[:17] + map[bool]string{true: "1", false: "0"}[man[17] == '0']
		}
		if i == 12 {
			health = "凑合"
		}
		surname := string([]rune("金柏常滕岑薛雷贺倪汤殷罗毕郝邬安乐时傅皮")[i])
		all = append(all,
			[]string{fmt.Sprint(i + 1), "户主", surname + "有成", man, fmt.Sprintf("青石县城关镇砖瓦巷 %d 号", i+1), "青石县砖瓦厂", "健康", "下岗"},
			[]string{fmt.Sprint(i + 1), "妻子", surname + "姑", woman, "", "", health, ""})
	}
	return all
}

// table writes rows to a sheet that can be handed in.
func table(t *testing.T, name string, all [][]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	var b bytes.Buffer
	var err error
	if strings.HasSuffix(name, ".csv") {
		err = csv.NewWriter(&b).WriteAll(all)
	} else {
		var w *sheet.Writer
		w, err = sheet.NewWriter(&b, sheet.XLSX, "台账")
		for _, cells := range all {
			err = errors.Join(err, w.Row(sheet.Texts(cells...)...))
		}
		err = errors.Join(err, w.Close())
	}
	if err := errors.Join(err, os.WriteFile(path, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// read gives the rows of a sheet.
func read(t *testing.T, content []byte) [][]string {
	t.Helper()
	r, err := sheet.Open(bytes.NewReader(content), int64(len(content)), sheet.Usual)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var all [][]string
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cells)
	}
}

// importTwice reads an old ledger in of which one row in twenty is wrong; the households of these come back as a sheet with
// the reasons, are corrected and read in with the columns that the office has told before.
func importTwice(c *cast) {
	clerk := c.as("clerk4")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("app.nav.imports"))
	upload := func(path string) {
		clerk.Press(say("ledger.upload"))
		clerk.Attach("ledger", path)
		clerk.Press(say("ledger.upload_act"))
		clerk.Sees(say("ledger.columns.title"))
	}
	ledgerRows := oldRows()
	upload(table(c.t, "砖瓦厂台账.csv", ledgerRows))
	health := say("ledger.columns.column", 7, "身体情况")
	clerk.Choose(health, say(ledger.Health.Key())) // the one column that nobody can guess
	clerk.Press(say("ledger.columns.save"))
	clerk.PressUntil(say("ledger.start"), say("ledger.done_part", 18, 4))
	clerk.Press(say("ledger.rows.open"))
	clerk.Sees(say("ledger.fault.word", "凑合"), say("ledger.fault.id_checksum"), say("ledger.fault.held", 12), say("ledger.fault.held", 27))
	clerk.Press("砖瓦厂台账.csv")

	rejects := read(c.t, download(clerk, say("ledger.rejects.fetch")))
	if len(rejects) != 5 || rejects[0][8] != say("ledger.rejects.reason") {
		clerk.fail("the rows that were not taken: %q", rejects)
	}
	for _, cells := range rejects[1:] {
		switch {
		case cells[6] == "凑合":
			cells[6] = "健康"
		case cells[0] == "6" && cells[1] == "户主":
			cells[3] = number(cells[3][:17])
		}
	}
	clerk.Press(say("ledger.imports"))
	upload(table(c.t, "砖瓦厂台账-改.xlsx", rejects))
	if got := clerk.Reach(health, func(f focus) bool { return f.Tag == "select" && strings.HasPrefix(f.Label, health) }).Value; got != say(ledger.Health.Key()) {
		clerk.fail("the office's columns are forgotten: the seventh is %q", got)
	}
	clerk.PressUntil(say("ledger.start"), say("ledger.done", 2))

	files(clerk, say("casefile.search.title"))
	clerk.Type(say("casefile.search.sought"), rejects[1][3])
	clerk.Press(say("common.search"))
	clerk.Sees(rejects[1][2]) // the file itself: one household has the number
	clerk.Sees(rejects[2][2])
}
