package seed

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/work"
)

// oldLedger is a ledger of before the centre had this program; {0} and so on stand for ID numbers. One row is wrong.
const oldLedger = "青石县困难职工台账（2018）\n" +
	"户号,与户主关系,姓名,身份证号,性别,住址,单位,健康状况,致困原因,联系电话,银行卡号,档案编号,困难类别,建档时间,人均收入\n" +
	"1,户主,邵永福,{0},男,青石县城关镇老街 7 号,青石县农机厂,患病,因病、因学,0539-7310221/13905390011,6228480539000018728,QS2018011,低保户,2018.3.5,431.5\n" +
	"1,妻子,贺秀芝,{1},女,,,健康,,,,,,,\n" +
	"2,户主,岳春生,{2},男,青石县城关镇水塔巷 2 号,青石县化肥厂,健康,下岗,13905390012,,QS2018012,低保边缘户,2018年3月5日,612\n" +
	"3,户主,闵桂香,{3},女,青石县东关街 19 号,青石县百货公司,凑合,因学,,,QS2018013,意外致困户,43164,540\n"

// ledgers reads an old ledger in, uploads another one that waits for its columns, and gives a list out.
func (c *centre) ledgers() {
	upload := func(ctx context.Context, u *work.Unit, name string, from int) (ledger.ImportID, error) {
		text := oldLedger
		for i := range 4 {
			text = strings.Replace(text, fmt.Sprintf("{%d}", i), string(c.fixed(from+i)), 1)
		}
		return ledger.Upload(ctx, u, c.files, name, strings.NewReader(text))
	}
	office := func(u *work.Unit) ledger.Office {
		return ledger.Office{DB: u.Tx, Clock: func() time.Time { return u.Now }, Keys: c.keys, Shelf: c.files}
	}
	c.then(2, 9*60+30, "clerk4", func(ctx context.Context, u *work.Unit) error {
		id, err := upload(ctx, u, "青石县困难职工台账2018.csv", 0)
		if err != nil {
			return err
		}
		if err := ledger.Start(ctx, u, id); err != nil {
			return err
		}
		return ledger.Work(ctx, office(u))
	})
	c.then(1, 16*60, "clerk4", func(ctx context.Context, u *work.Unit) error {
		_, err := upload(ctx, u, "青石县困难职工台账2017.csv", 4)
		return err
	})
	c.then(1, 16*60+20, "supervisor", func(ctx context.Context, u *work.Unit) error {
		_, err := ledger.Ask(ctx, u, ledger.Wish{Layout: ledger.CoverList, Format: sheet.XLSX, List: casefile.ActiveList, Reason: "报市总工会年度统计"})
		if err != nil {
			return err
		}
		return ledger.Give(ctx, office(u))
	})
}

// fixed makes the ID numbers of the ledgers: of a man and a woman in turn.
func (c *centre) fixed(n int) idcard.Number {
	sequence := []int{901, 902, 903, 904}[n%4]
	first := fmt.Sprintf("5399011962%02d15%03d", n/4+1, sequence)
	check, _ := idcard.CheckDigit(first) // seventeen digits by construction
	c.numbers[first+string(check)] = true
	return idcard.Number(first + string(check))
}
