import { expect, test } from 'vitest'
import { table, wrap } from '../src/table.ts'

test('breaks at spaces, and inside words that are longer than a line', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('https://example.com', 8)).toEqual(['https://', 'example.', 'com'])
  expect(wrap('', 8)).toEqual([''])
})

test('goes on in the next line where a cell is full', () => {
  const columns = [
    { title: 'a', width: 3 },
    { title: 'b', width: 5 },
  ]
  expect(table(columns, [['1', 'two three']]).split('\n')).toEqual([
    'a    b',
    '---  -----',
    '1    two',
    '     three',
    '',
  ])
})
