"""Xiangqi: `board` knows how pieces go, `info` judges, `notation` words the steps, `table` draws."""

from games.xiangqi.game import Xiangqi as Xiangqi
