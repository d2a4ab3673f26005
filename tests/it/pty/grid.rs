//! What a terminal of 24 rows and 80 columns shows of everything that was written to it.

/// The rows of the terminal, and where its cursor is.
struct Grid {
    cells: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

const ROWS: usize = 24;
const COLUMNS: usize = 80;

impl Grid {
    fn line_feed(&mut self) {
        if self.row + 1 < ROWS {
            self.row += 1;
        } else {
            self.cells.remove(0);
            self.cells.push(vec![' '; COLUMNS]);
        }
    }

    fn put(&mut self, c: char) {
        if self.column == COLUMNS {
            self.column = 0;
            self.line_feed();
        }
        self.cells[self.row][self.column] = c;
        self.column += 1;
    }

    fn clear_line(&mut self, how: usize) {
        let column = self.column.min(COLUMNS);
        let row = &mut self.cells[self.row];
        match how {
            0 => row[column..].fill(' '),
            1 => row[..column].fill(' '),
            _ => row.fill(' '),
        }
    }

    fn clear_below(&mut self) {
        self.clear_line(0);
        for row in &mut self.cells[self.row + 1..] {
            row.fill(' ');
        }
    }

    fn sequence(&mut self, parameter: &str, last: char) {
        let number = parameter.parse::<usize>().ok();
        let count = number.unwrap_or(1);
        match last {
            'A' => self.row = self.row.saturating_sub(count),
            'B' => self.row = (self.row + count).min(ROWS - 1),
            'C' => self.column = (self.column + count).min(COLUMNS - 1),
            'D' => self.column = self.column.saturating_sub(count),
            'G' => self.column = count - 1,
            'J' => self.clear_below(),
            'K' => self.clear_line(number.unwrap_or(0)),
            // Colours, and modes like the hidden cursor.
            'm' | 'h' | 'l' => {}
            _ => panic!("an unknown sequence: {parameter}{last}"),
        }
    }
}

/// The screen after all of `written`, without empty rows at the end.
pub(super) fn screen(written: &str) -> String {
    let mut grid = Grid {
        cells: vec![vec![' '; COLUMNS]; ROWS],
        row: 0,
        column: 0,
    };
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match c {
            '\r' => grid.column = 0,
            '\n' => grid.line_feed(),
            '\x1b' => {
                assert_eq!(chars.next(), Some('['), "an unknown sequence");
                let rest: String = chars.by_ref().take_while_inclusive();
                let last = rest.chars().last().unwrap_or('?');
                grid.sequence(rest.trim_end_matches(last), last);
            }
            c => grid.put(c),
        }
    }
    let rows = grid.cells.iter().map(|row| row.iter().collect::<String>());
    let rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n").trim_end().to_owned()
}

/// Everything up to the first letter.
trait Sequence: Iterator<Item = char> + Sized {
    fn take_while_inclusive(mut self) -> String {
        let mut text = String::new();
        for c in self.by_ref() {
            text.push(c);
            if c.is_ascii_alphabetic() {
                break;
            }
        }
        text
    }
}

impl<I: Iterator<Item = char>> Sequence for I {}

#[test]
fn the_screen_is_what_is_left() {
    for (written, shown) in [
        ("a\r\nb", "a\nb"),
        ("abc\r\x1b[Kd", "d"),
        ("a\r\nb\x1b[1A\r\x1b[Jc", "c"),
        ("\x1b[1;32mgreen\x1b[0m\x1b[?25l", "green"),
        ("a\x1b[2Cb\x1b[1Gc", "c  b"),
    ] {
        assert_eq!(screen(written), shown, "{written:?}");
    }
    assert_eq!(screen(&"x\r\n".repeat(30)).lines().count(), 23);
}
